import type { KnownWords } from './known-words-index.ts';

// An employer or a share is often a known brand, too: the words of wages and dividends go before it.
/** What money matters and work are called in bank texts and in books. */
export const moneyWords: KnownWords = [
  [
    ['salary', 'wages'],
    `
  en: salary!, payroll!, paycheck!, direct dep payroll!, wage!, wages!, net pay!, salaries!, de: gehalt!, lohn!
  lohn gehalt!, verguetung, bezuege!, *gehalt, lohn*, gehalts*, loehne, gehaelter, aushilfsloehne, personalkosten
  fr: salaire!, paie!, remuneration, remunerations du personnel, traitement, es: nomina!, salario!, sueldo!, sueldos y salarios
  it: stipendio!, stipendi!, emolumenti!, salari, nl: salaris!, loon!, lonen, pt: salario!, vencimento!, ordenado!, folha de pagamento!
  proventos, pl: wynagrodzenie!, pensja!, wyplata!, wynagrodzenia, cs: mzda!, mzdy!, plat!, vyplata!, sv: lon?, lonn, lonutbetalning!
  lonoverforsel!, fi: palkka!, palkat!, tr: maas!, ucret odemesi, ro: salariu!, salarii, hu: fizetes!, munkaber!, ber!
  el: μισθοσ!, μισθοδοσια!, ru: зарплата!, заработная плата!, аванс, оклад, зп!, оплата труда!, зарплатня, he: משכורת!, שכר עבודה!, שכר!
  ar: راتب!, رواتب!, اجور, ja: 給与!, 給料!, 賞与!, キユウヨ!, zh: 工资!, 薪资!, 薪水!, 奖金, 薪酬, ko: 급여!, 월급!, 상여!, 임금`,
  ],
  [
    ['wages'],
    'payroll expense, employee, staff cost, staff costs, personnel, charges de personnel, personal, personalaufwand, gastos de personal, costo del personale, personeelskosten, despesas com pessoal, koszty osobowe, henkilostokulut, personalkostnader, personel giderleri, расходы на персонал, הוצאות שכר, 人件費, 人工成本, 인건비',
  ],
  [
    ['pension'],
    'pension, pensions, retirement, annuity, social security benefit, rente, altersvorsorge, rentenzahlung, rentenservice, ruhegehalt, *rente, retraite, carsat, jubilacion, plan de pensiones, pensione, pensioen, aow, aposentadoria, aposentacao, reforma, previdencia, emerytura, duchod, folkpension, pensjon, elake, emekli, emekli maasi, pensie, nyugdij, συνταξη, пенсия, пенсія, פנסיה, קצבה, גמל, معاش, تقاعد, 年金, ネンキン, 养老金, 退休, 연금, 401 k, ira contribution',
  ],
  [
    ['benefits'],
    'unemployment benefit, family allowance, welfare, stimulus, kindergeld, arbeitslosengeld, elterngeld, krankengeld, allocations, allocation familiale, prestation caf, subsidio, ayuda, prestacion desempleo, assegno unico, cassa integrazione, toeslag, kinderbijslag, uitkering, abono de familia, subsidio desemprego, swiadczenie, zasilek, 500 plus, davka, rodicovsky prispevek, barnbidrag, bornecheck, barnetrygd, lapsilisa, alocatie, csaladi potlek, επιδομα, пособие, допомога, קצבת ילדים, דמי אבטלה, اعانة, 手当, 補助金, 补贴, 수당, 보조금',
  ],
  [
    ['bank-fees'],
    `
  bank fee, bank charge, bank charges, service charge, account fee, maintenance fee, monthly fee, overdraft fee, foreign transaction fee, atm fee, wire fee, nsf fee
  late fee, annual fee, card fee, transaction fee, fee?, bankgebuehr, bankgebuehren, kontofuehrung, kontofuehrungsgebuehr, entgeltabschluss, entgelt?, abschluss per, rechnungsabschluss, kontoentgelt
  kontofuehrung*, nebenkosten geldverkehr, nebenkosten des geldverkehrs, spesen, *gebuehr?, *gebuehren?, frais bancaires, services bancaires, commission, cotisation carte, frais de tenue, commissions, agios, cotisation jazz
  cotisation esprit libre, frais?, comision, comisiones, gastos bancarios, servicios bancarios, mantenimiento cuenta, commissione, commissioni, spese bancarie, canone mensile, imposta di bollo, canone conto, bankkosten, kosten rekening
  tarifa, tarifas bancarias, comissao, comissoes, despesas bancarias, manutencao de conta, cesta servicos, anuidade, oplata za prowadzenie, prowizja, oplata za karte, oplaty bankowe, poplatek, bankovni poplatky, vedeni uctu, bankavgift, bankgebyr, kortavgift
  gebyr, aarsavgift kort, palvelumaksu, pankkikulut, hesap isletim, banka masrafi, komisyon, havale ucreti, comision administrare, comisioane, comision, szamlavezetesi, bankkoltseg, tranzakcios dij, προμηθεια τραπεζασ, τραπεζικα εξοδα
  комиссия, банковские услуги, комісія, обслуживание счета, עמלה, עמלות, דמי ניהול, عمولة, رسوم بنكية, رسوم الحساب, 振込手数料, 手数料, 支払手数料, 手续费, 年费, 수수료`,
  ],
  [
    ['interest'],
    'interest, interest paid, interest charge, zins, zinsen, habenzinsen, sollzinsen, zins*, *zinsen, interet, interets, interets crediteurs, charges d interets, intereses, interessi, rente ontvangen, juros, odsetki, urok, uroky, ranta, rantor, renter, korko, korot, faiz, dobanda, dobanzi, kamat, τοκοι, проценты, процент, відсотки, ריבית, فائدة, فوائد, 利息, 利子, 이자',
  ],
  [
    ['loan'],
    'loan, loan payment, loan repayment, lending, auto loan, car loan, emi, installment, financing, darlehen, kredit, ratenkredit, kreditrate, tilgung, darlehens*, *darlehen, *kredit, remboursement pret, echeance pret, emprunt, emprunts, echeance credit, credit conso, prestamo, cuota prestamo, leasing, prestito, finanziamento, rata prestito, rata finanziamento, lening, aflossing, emprestimo, financiamento, prestacao credito, kredyt, rata kredytu, pozyczka, uver, splatka uveru, pujcka, lanebetalning, amortering, studielan, laneafdrag, avdrag lan, laina, lainan, opintolaina, kredi, kredi taksit, taksit, imprumut, rata credit, hitel, torleszto, δανειο, кредит, погашение кредита, займ, позика, הלוואה, הלוואות, החזר הלוואה, قرض, قسط, 借入金, ローン, 返済, 贷款, 还款, 借款, 대출, 대출금',
  ],
  [
    ['tax'],
    `
  tax, taxes, income tax, property tax, council tax, road tax, corporation tax, state tax, estimated tax, steuer, steuern, einkommensteuer, gewerbesteuer, lohnsteuer, grundsteuer, kfz steuer, kraftfahrzeugsteuer, koerperschaftsteuer
  *steuer, steuer*, impot, impots, taxe fonciere, taxe habitation, impots et taxes, prelevement a la source, cfe, impuesto, impuestos, irpf, ibi, tributos, imposta, imposte, tasse, tributi, f 24, imu, bollo auto, belasting, belastingen, *belasting, wegenbelasting
  imposto, impostos, irs reembolso, iptu, ipva, darf, das simples, finanças, podatek, podatki, dan, dane, dan z prijmu, skatt, skat, *skatt, preliminarskatt, skattekonto, restskat, vero, verot, ennakkovero, kiinteistovero, vergi, vergisi, mtv, impozit, impozite, taxe si impozite, adok
  iparuzesi, φοροσ, φοροι, ενφια, налог, налоги, ндфл, податок, податки, מס, מיסים, מסים, ארנונה, מקדמות מס, ضريبة, ضرائب, 税金, 租税公課, 所得税, 住民税, 固定資産税, 自動車税, 税, 税费, 税款, 个税, 세금, 재산세, 소득세, 지방세, 자동차세, 국세`,
  ],
  [
    ['vat', 'tax'],
    'vat, vat payment, sales tax, gst, umsatzsteuer, ust, vorsteuer, mehrwertsteuer, mwst, umsatzsteuer*, tva, tva a payer, iva, modelo 303, btw, omzetbelasting, vat 7, jpk vat, podatek vat, dph, mervardesskatt, moms, merverdiavgift, mva, arvonlisavero, alv, kdv, afa, fpa, φπα, ндс, пдв, מע"מ, מעמ, ضريبة القيمة المضافة, 消費税, 增值税, 부가세, 부가가치세',
  ],
  [
    ['social-security'],
    'social security, national insurance, medicare, fica, payroll tax, sozialversicherung, rentenversicherung, sozialabgaben, sozialversicherungs*, soziale aufwendungen, cotisation sociale, cotisations sociales, charges sociales, securite sociale, cotizacion, cuota autonomos, autonomos, contributi, contributi previdenziali, oneri sociali, sociale lasten, seguranca social, encargos sociais, fgts, inss, skladki zus, skladka, ubezpieczenie spoleczne, socialni pojisteni, socialni zabezpeceni, arbetsgivaravgift, egenavgift, sociala avgifter, arbeidsgiveravgift, sosiaalikulut, tyel, yel, sosyal guvenlik, bagkur, contributii sociale, jarulek, tb jarulek, ασφαλιστικεσ εισφορεσ, страховые взносы, пфр, єсв, социальные взносы, تامينات اجتماعية, 社会保険, 社会保険料, 国民健康保険, 国民年金, 社保, 公积金, 国民연금, 국민연금, 4대보험, 고용보험',
  ],
  [
    ['cash'],
    'atm!, atm withdrawal!, cash withdrawal!, cash wdl!, cashpoint!, cash machine!, cash, petty cash, geldautomat!, ga nr!, bargeldauszahlung!, barauszahlung!, bargeld, bankomat!, kasse, auszahlung geldautomat!, retrait dab!, retrait!, dab!, retrait especes!, especes, liquide, caisse, cajero!, retirada efectivo!, reintegro!, efectivo, caja, prelievo!, bancomat prelievo!, prelevamento!, contanti, cassa, geldopname!, geldautomaat!, contant geld, kas, levantamento!, saque!, dinheiro, caixa, wyplata z bankomatu!, wyplata gotowki!, gotowka, vyber z bankomatu!, vyber hotovosti!, hotovost, kontantuttag!, uttag bankomat!, kontanter, haevet!, minibank!, kontant, kateisnosto!, otto automaatti!, kateinen, nakit!, para cekme!, nakit cekim!, retragere numerar!, numerar, keszpenzfelvetel!, keszpenz, αναληψη!, μετρητα, снятие наличных!, выдача наличных!, банкомат!, наличные, готівка, משיכת מזומן!, כספומט!, מזומן, سحب نقدي!, صراف الي!, نقد, 現金, 引出, 出金, 取现!, 取款!, 현금, 출금, 현금인출!',
  ],
  [
    ['credit-card', 'transfer'],
    'credit card, credit card payment, card repayment, cc payment, kreditkarte?, kreditkarte abrechnung, kreditkartenabrechnung, visa abrechnung, mastercard abrechnung, carte de credit, releve carte, debit differe, tarjeta de credito, liquidacion tarjeta, carta di credito, addebito carta, creditcard, afrekening creditcard, cartao de credito, fatura cartao, pagamento cartao, karta kredytowa, splata karty, kreditni karta, kreditkort, luottokortti, luottokorttilasku, kredi karti, kredi karti odeme, card de credit, hitelkartya, πιστωτικη καρτα, кредитная карта, כרטיס אשראי, כרטיסי אשראי, بطاقة ائتمان, クレジットカード, カード払い, 信用卡, 신용카드, 카드대금',
  ],
  [
    ['transfer'],
    'internal transfer, transfer?, own account, account transfer, online transfer to, transfer to savings, umbuchung, eigenuebertrag, geldtransit, uebertrag, virement interne, virement de compte a compte, virements internes, traspaso, traspaso entre cuentas, giroconto, overboeking eigen rekening, eigen rekening, transferencia entre contas, transferencia propria, przelew wlasny, przelew wewnetrzny, prevod mezi ucty, vlastni prevod, overforing egna konton, egen overforing, oma siirto, tilisiirto, kendi hesabima, hesaplar arasi, virman, transfer intre conturi, sajat szamla, μεταφορα, между счетами, собственных средств, перевод?, העברה?, העברה בין חשבונות, تحويل بين الحسابات, تحويل?, 資金移動, 振替, 转账?, 内部转账, 내계좌, 계좌이체?',
  ],
  [
    ['savings'],
    'savings, saving, savings account, sparen, sparplan, sparbuch, tagesgeld, sparkonto, spar plan, festgeld, tagesgeld*, epargne, livret, livret a, ldds, pel, ahorro, ahorros, risparmio, risparmi, deposito risparmio, spaarrekening, sparen, spaar*, poupanca, oszczednosci, lokata, sporeni, sporici ucet, sparande, sparkonto, opsparing, sparing, saasto, saastot, birikim, vadeli hesap, economii, depozit, megtakaritas, αποταμιευση, сбережения, накопления, вклад, накопительный, заощадження, חיסכון, חסכון, פיקדון, פקדון, توفير, ادخار, وديعة, 貯金, 定期預金, 積立, 储蓄, 定期存款, 存款, 저축, 적금, 예금',
  ],
  [
    ['investment'],
    'investment, investments, brokerage, broker, stocks, securities, mutual fund, etf, crypto, bitcoin, depot, wertpapier, wertpapiere, fonds, aktien, wertpapier*, *fonds, investissement, placement, placements, bourse, titres, pea, inversion, inversiones, fondos, valores, investimento, investimenti, fondi, titoli, azioni, belegging, beleggen, beleggings*, investimentos, acoes, tesouro direto, inwestycje, akcje, investice, akcie, fondy, investeringar, aktier, investering, sijoitus, sijoitukset, rahasto, yatirim, hisse, investitii, befektetes, επενδυσεισ, инвестиции, брокер, ценные бумаги, інвестиції, השקעות, ניירות ערך, استثمار, اسهم, 投資, 証券, 投資信託, 投资, 基金, 股票, 证券, 투자, 주식, 증권, 펀드',
  ],
  [
    ['dividends', 'investment'],
    'dividend!, dividends!, dividende!, dividenden!, ausschuettung!, *dividende, coupon!, dividendo!, dividendi!, cedola!, dividendos!, dywidenda!, utdelning!, udbytte!, utbytte!, osinko!, osingot!, temettu!, osztalek!, μερισμα!, дивиденды!, дивиденд!, דיבידנד!, ارباح اسهم!, 配当!, 股息!, 分红!, 배당!',
  ],
  [
    ['refund'],
    'refund, reversal, cashback, cash back, chargeback, rebate, reimbursement, reimbursements, expense claim, rueckerstattung, erstattung, gutschrift, rueckzahlung, ruecklastschrift, remboursement, avoir, reembolso, devolucion, abono devolucion, rimborso, rimborsi, storno, terugbetaling, restitutie, estorno, restituicao, zwrot, vraceni, refundace, aterbetalning, refundering, tilbakebetaling, palautus, hyvitys, iade, rambursare, visszaterites, επιστροφη, возврат, кэшбэк, повернення, החזר, זיכוי, החזרים, استرداد, استرجاع, 返金, 払戻, 退款, 返现, 환불, 환급, 캐시백',
  ],
  [
    ['sales', 'customers'],
    'sales, revenue, sales revenue, turnover, invoice payment, merchant deposit, merchant services, bankcard deposit, card sales, payout, service revenue, consulting income, fee income, fees earned, umsatz, umsatzerloese, erloese, umsatzerloes*, erloes*, verkaeufe, ventes, chiffre d affaires, prestations de services, prestations, ventes de marchandises, honoraires recus, ventas, ingresos por ventas, prestacion de servicios, vendite, ricavi, fatturato, corrispettivi, omzet, verkopen, vendas, receita de vendas, faturamento, receitas, prestacao de servicos, sprzedaz, przychody, trzby, prodej, forsaljning, intakter, omsaetning, salg, salgsinntekt, myynti, liikevaihto, satislar, satis, yurtici satislar, vanzari, venituri din vanzari, arbevetel, ertekesites, πωλησεισ, εσοδα, τζιροσ, выручка, продажи, реализация, эквайринг, дохід, מכירות, הכנסות ממכירות, הכנסות, פדיון, مبيعات, ايرادات, 売上, 売上高, 销售收入, 营业收入, 销售, 매출, 판매',
  ],
  [
    ['customers', 'sales'],
    'customer, customers, accounts receivable, receivables, trade debtors, debtors, debitoren, kunden, forderungen, forderungen aus lieferungen, clients, client, creances, clientes, crediti verso clienti, clienti, debiteuren, naleznosci, odbiorcy, odberatele, pohledavky, kundfordringar, kundefordringer, debitorer, myyntisaamiset, alicilar, musteriler, vevok, vevo, πελατεσ, покупатели, дебиторы, клиенты, לקוחות, عملاء, ذمم مدينة, 売掛金, 应收账款, 客户, 외상매출금, 매출채권',
  ],
  [
    ['suppliers', 'materials'],
    'supplier, suppliers, vendor, accounts payable, payables, trade creditors, creditors, kreditoren, lieferanten, verbindlichkeiten, fournisseur, fournisseurs, proveedor, proveedores, fornitori, fornitore, leveranciers, crediteuren, fornecedores, dostawcy, zobowiazania, dodavatele, zavazky, leverantorsskulder, leverandorer, leverandorgjeld, ostovelat, saticilar, furnizori, szallitok, προμηθευτεσ, поставщики, кредиторы, постачальники, ספקים, موردين, ذمم دائنة, 買掛金, 未払金, 应付账款, 供应商, 외상매입금, 매입채무',
  ],
  [
    ['materials'],
    'raw material, raw materials, materials, purchases, cost of goods, cost of goods sold, cogs, inventory, merchandise, packaging, wareneingang, wareneinkauf, materialaufwand, rohstoffe, waren*, handelsware, materialeinkauf, achat, achats, matieres premieres, achats de marchandises, marchandises, fournitures, emballages, compras de mercaderias, mercaderias, materias primas, acquisti, materie prime, merci, acquisto merci, inkopen, inkoop, grondstoffen, compras de mercadorias, mercadorias, zakup towarow, materialy, towary, surowce, nakup zbozi, material, varuinkop, ravaror, varekob, varekjop, varer, ostot, raaka aineet, ilk madde, malzeme, ticari mallar, marfuri, materii prime, anyagkoltseg, aru, alapanyag, αγορεσ εμπορευματων, πρωτεσ υλεσ, сырье, материалы, закупка, товары, товар, сировина, חומרי גלם, קניות סחורה, מלאי, חומרים, مواد خام, مشتريات, بضاعة, 仕入, 仕入高, 材料費, 消耗品費, 原材料, 采购, 货款, 材料, 원재료, 매입, 재료비',
  ],
  [
    ['subcontractors'],
    'subcontractor, subcontractors, freelancer, freelancers, contract labor, contractors, outside services, fremdleistung, fremdleistungen, subunternehmer, freie mitarbeiter, sous traitance, sous traitants, personnel exterieur, subcontrata, subcontratacion, trabajos realizados por otras empresas, subappalto, collaboratori, lavorazioni di terzi, onderaanneming, uitbesteed werk, subcontratados, subempreitada, prestador de servico, podwykonawcy, uslugi obce, subdodavky, underentreprenor, underleverantor, underleverandor, alihankinta, taseron, subcontractori, alvallalkozo, υπεργολαβοι, субподряд, подрядчики, קבלני משנה, מקבלי שירות, مقاولين, 外注費, 外注, 分包, 外包, 劳务费, 외주비, 외주',
  ],
  [
    ['owner-draw', 'transfer'],
    'owner draw, owners draw, owner s draw, owner contribution, owners equity, drawings, distribution, private withdrawal, capital contribution, privatentnahme, privatentnahmen, privateinlage, einlage, entnahme, privat, exploitant, compte de l exploitant, compte courant associe, apport, prelevement exploitant, associes, cuenta socios, aportacion socio, retiro personal, prelievi titolare, conto soci, prive, prive opname, prive onttrekking, pro labore, retirada de socio, distribuicao de lucros, egna uttag, eget uttag, privatuttak, privat haevning, yksityisotto, ortaklara borclar, ortaklar, личные средства, вклад учредителя, משיכות בעלים, הלוואת בעלים, جاري المالك, مسحوبات, 事業主貸, 事業主借, 股东往来, 가지급금, 대표자',
  ],
  [
    ['software'],
    'software, cloud, hosting, domain, domains, saas, web hosting, webhosting, it services, software subscription, it kosten, edv, logiciel, logiciels, hebergement web, informatico, software e licenze, dominio, licencias software, licencas, oprogramowanie, licencje, programvara, ohjelmisto, ohjelmistot, yazilim, szoftver, λογισμικο, программное обеспечение, хостинг, תוכנה, תוכנות, אחסון אתרים, برمجيات, استضافة, ソフトウェア, ソフト, 软件, 服务器, 云服务, 소프트웨어, 서버',
  ],
  [
    ['office'],
    'office supplies, office expense, office, stationery, printing, buerobedarf, bueromaterial, buero*, schreibwaren, papeterie, fournitures de bureau, fournitures administratives, frais de bureau, material de oficina, papeleria, oficina, cancelleria, materiale ufficio, kantoorbenodigdheden, kantoorkosten, kantoor*, material de escritorio, papelaria, artykuly biurowe, materialy biurowe, biuro, kancelarske potreby, kancelarske, papirnictvi, kontorsmaterial, kontor*, toimistotarvikkeet, toimisto*, kirtasiye, ofis, papetarie, rechizite, irodaszer, nyomtatvany irodaszer, γραφικη υλη, канцтовары, канцелярия, офисные расходы, ציוד משרדי, צרכי משרד, משרדיות, قرطاسية, لوازم مكتبية, 事務用品, 文房具, 事務用品費, 办公用品, 办公费, 文具, 사무용품, 문구, 소모품비',
  ],
  [
    ['equipment'],
    'equipment, machinery, fixed assets, furniture & fixtures, tools, small tools, anlagevermoegen, maschinen, werkzeug, werkzeuge, geringwertige wirtschaftsgueter, gwg, betriebsausstattung, materiel, petit equipement, immobilisations, petit outillage, outillage, equipos, maquinaria, herramientas, inmovilizado, attrezzatura, attrezzature, macchinari, inventaris, gereedschap, equipamentos, ferramentas, imobilizado, wyposazenie, srodki trwale, vybaveni, inventarier, inventar, forbrukningsinventarier, kalusto, koneet, demirbas, ekipman, mijloace fixe, echipamente, eszkozok, εξοπλισμοσ, оборудование, инструменты, основные средства, ציוד, כלי עבודה, רכוש קבוע, معدات, اجهزة, 備品, 工具器具備品, 设备, 固定资产, 비품, 장비',
  ],
  [
    ['accounting', 'legal'],
    'accounting, accountant, bookkeeping, audit, accounting fees, tax preparation, cpa, professional fees, steuerberatung, steuerberater, buchfuehrung, buchhaltung, jahresabschluss, abschlusskosten, wirtschaftspruefer, *steuerberatung, expert comptable, comptabilite, expertise comptable, cabinet comptable, honoraires, honoraires comptables, gestoria, asesoria, contabilidad, asesoria fiscal, commercialista, contabilita, consulenza fiscale, boekhouder, boekhouding, accountantskosten, contabilista, contador, honorarios contabilidade, ksiegowosc, ksiegowa, biuro rachunkowe, ucetni, ucetnictvi, bokforing, redovisning, revisor, redovisningstjanster, regnskap, regnskab, bogholder, kirjanpito, tilitoimisto, tilintarkastus, muhasebe, mali musavir, contabilitate, konyveles, konyvelo, λογιστησ, λογιστικα, бухгалтерия, бухгалтерские услуги, аудит, бухгалтер, רואה חשבון, הנהלת חשבונות, יועץ מס, محاسب, محاسبة, 税理士, 会計, 支払報酬, 会计, 审计, 代理记账, 세무사, 회계, 기장료',
  ],
  [
    ['legal'],
    'legal, attorney, lawyer, law office, legal fees, solicitor, notary, court fees, rechtsanwalt, anwalt, notar, rechtskosten, rechtsberatung, kanzlei, gerichtskosten, rechts*, *anwaelte, avocat, notaire, huissier, frais d actes, honoraires avocat, abogado, notaria, notario, avvocato, notaio, spese legali, advocaat, notaris, juridisch, advogado, cartorio, notariado, juridico, adwokat, notariusz, radca prawny, advokat, notar, pravni sluzby, juridik, asianajaja, lakipalvelut, avukat, noter, avocat, notariat, ugyved, kozjegyzo, δικηγοροσ, συμβολαιογραφοσ, юрист, юридические услуги, нотариус, адвокат, нотаріус, עורך דין, עורכי דין, נוטריון, משפטיות, محامي, محاماة, 弁護士, 司法書士, 律师, 公证, 법무사, 변호사, 법무법인',
  ],
  [
    ['advertising'],
    'advertising, marketing, promotion, adverts, publicity, werbung, werbekosten, anzeigen, inserate, werbe*, publicite, annonces, communication, publicidad, propaganda, pubblicita, inserzioni, reclame, advertenties, promocao, anuncios, reklama, promocja, inzerce, propagace, reklam, annonsering, reklame, annoncer, markedsforing, marknadsforing, mainonta, markkinointi, tanitim, pazarlama, publicitate, hirdetes, διαφημιση, реклама, продвижение, маркетинг, פרסום, שיווק, اعلان, اعلانات, تسويق, 広告, 広告宣伝費, 宣伝, 广告, 推广, 광고, 마케팅, 홍보',
  ],
  [
    ['postage'],
    'postage, shipping, courier, post office, freight, delivery charge, porto, briefmarken, paket*, fracht, versandkosten, postfiliale, post filiale, versand, paketshop, affranchissement, frais postaux, poste, frais de port, transport sur ventes, timbres, gastos de envio, mensajeria, franqueo, portes, spedizione, spedizioni, spese postali, corriere, trasporto merci, verzendkosten, postzegels, porti, frete, portes de correio, correio, despesas postais, wysylka, przesylka, przesylki, kurier, znaczki, poczta, postovne, doprava zasilky, frakt, postbefordran, fragt, posten, porto frakt, postikulut, rahti, kargo, posta, curierat, taxe postale, postakoltseg, futar, ταχυδρομεια, μεταφορικα, courier αποστολη, почта, доставка, почтовые расходы, курьер, пошта, דואר, משלוח, משלוחים, שליחויות, بريد, شحن, توصيل, 送料, 郵便, 運賃, 荷造運賃, 宅配, 快递, 邮费, 运费, 物流, 우편, 택배, 운반비, 배송비',
  ],
  [
    ['training'],
    'training, seminar, conference, workshop, professional development, fortbildung, weiterbildung, seminare, schulung, fortbildungskosten, schulungs*, formation, formation professionnelle, formations, colloques, formacion, curso, cursos, formazione, corso, corsi, corsi di formazione, cursus, training, bijscholing, treinamento, formacao, szkolenie, szkolenia, skoleni, kurser, kursavgift, konferens, kursus, efteruddannelse, kurs, kurssit, koulutus, egitim gideri, kurs ucreti, instruire, cursuri, kepzes, tanfolyam, εκπαιδευτικα σεμιναρια, σεμιναριο, семинар, повышение квалификации, курсы, конференция, השתלמות, השתלמויות, קורס, הכשרה, تدريب, دورة, 研修, 研修費, 講習, セミナー, 培训, 培训费, 교육훈련비, 세미나, 연수',
  ],
];
