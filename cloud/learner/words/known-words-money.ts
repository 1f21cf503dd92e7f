import type { KnownWords } from './known-words-index.ts';

// An employer or a share is often a known brand, too: words of wages and dividends go before it.
/** What money matters and the costs of work are called in bank texts and in books. */
export const moneyWords: KnownWords = [
  [
    ['salary', 'wages'],
    `
  verguetung, en: salary!, salaries!, payroll!, paycheck!, wage!, de: gehalt!, lohn!, bezuege!
  *gehalt, lohnzahlung, lohnabrechnung, gehalts*, gehaelter, loehne, aushilfsloehne, fr: salaire!
  paie!, remuneration, es: nomina!, sueldo!, salario!, it: stipendio!, stipendi!, salari
  nl: salaris!, loon!, lonen, pt: ordenado!, folha de pagamento!, pl: wynagrodzenie!
  wynagrodzenia!, pensja!, cs: mzda!, mzdy!, vyplata!, sv: lon?, loner, lonn, lonutbetalning!
  lonoverforsel!, fi: palkka!, palkat!, tr: maas odemesi!, ro: salariu!, salarii, hu: munkaber!
  el: μισθοσ!, μισθοδοσια!, ru: зарплата!, зарплатня!, заработная плата!, аванс, he: משכורת!
  שכר עבודה!, ar: راتب!, رواتب!, ja: 給与!, 給料!, zh: 工资!, 薪资!, ko: 급여!, 월급!`,
  ],
  [
    ['pension'],
    `
  pensio*, retirement, rentenzahlung, altersvorsorge, rente, altersrente, betriebsrente
  witwenrente, retraite, carsat, jubilacion, aow, aposentadoria, previdencia, emerytura, duchod
  pensjon, elake, emekli, pensie, nyugdij, συνταξη, пенсия, пенсія, פנסיה, קצבה, معاش, تقاعد, 年金
  ネンキン, 养老金, 연금, 401 k`,
  ],
  [
    ['benefits'],
    `
  unemployment benefit, family allowance, stimulus, kindergeld, arbeitslosengeld, elterngeld
  krankengeld, allocations, toeslag, kinderbijslag, uitkering, swiadczenie, zasilek, barnbidrag
  bornecheck, barnetrygd, lapsilisa, alocatie, επιδομα, пособие, допомога, קצבת ילדים, 手当, 补贴, 수당`,
  ],
  [
    ['bank-fees'],
    `
  en: bank fee, bank charge, service charge, account fee, maintenance fee, wire fee, overdraft fee
  atm fee, transaction fee, late fee, fee?, de: bankgeb*, spesen, kontofuehrung*, entgeltabschluss
  entgelt?, abschluss per, rechnungsabschluss, geldverkehr, *gebuehr?, *gebuehren?
  fr: frais bancaires, services bancaires, commission*, frais de tenue, agios, frais?
  es: comisio*, gastos bancarios, servicios bancarios, it: spese bancarie, canone mensile
  imposta di bollo, nl: bankkosten, pt: tarifa, comissao, anuidade, cesta servicos, pl: prowizja
  oplata za prowadzenie, cs: poplat*, sv: bankavgift, gebyr, fi: palvelumaksu, pankkikulut
  tr: hesap isletim, komisyon, hu: bankkoltseg, el: προμηθεια τραπεζασ, ru: комиссия, комісія
  he: עמלה, עמלות, ar: عمولة, 手数料, 手续费, 수수료`,
  ],
  [
    ['interest'],
    `
  interest, interet, interessi, intereses, zins, zinsen, zinsertrag*, *zinsen, juros, odsetki
  uroky, ranta, rantor, korko, korot, faiz, dobanda, kamat, τοκοι, процент*, відсотки, ריבית
  فائدة, فوائد, 利息, 利子, 이자`,
  ],
  [
    ['loan'],
    `
  leasing, financing, finanziamento, loan, emi?, installment, darlehens*, *darlehen, *kredit
  kreditrate, tilgung, remboursement pret, echeance pret, emprunt, credit conso, prestamo
  prestito, lening, aflossing, emprestimo, financiamento, kredyt, pozyczka, uver, pujcka
  amortering, studielan, laina, lainan, kredi, taksit, imprumut, hitel, δανειο, кредит, займ
  позика, הלוואה, הלוואות, قرض, قسط, 借入金, ローン, 返済, 贷款, 还款, 대출`,
  ],
  [
    ['tax'],
    `
  tax, taxes, *steuer, steuer*, impot, taxe fonciere, taxe habitation, prelevement a la source
  impuesto, irpf, tributos, tributi, impost*, tasse, f 24, bollo auto, *belasting, belastingen
  iptu, ipva, darf, podatek, podatki, skat, *skatt, skattekonto, verot, vergi, vergisi, impozit*
  adok, φοροσ, φοροι, ενφια, налог, налоги, ндфл, податок, податки, מיסים, מסים, ארנונה, ضريبة
  ضرائب, 税金, 租税公課, 税款, 세금`,
  ],
  [
    ['vat', 'tax'],
    `
  vat, sales tax, gst, ust, vorsteuer, mehrwertsteuer, mwst, umsatzsteuer*, tva, iva, btw, dph
  moms?, merverdiavgift, mva, arvonlisavero, alv, kdv, φπα, ндс, пдв, מע"מ, מעמ, 消費税, 增值税, 부가세`,
  ],
  [
    ['social-security'],
    `
  medicare, contributi, social security, national insurance, payroll tax, sozialversicherung*
  rentenversicherung, sozialabgaben, cotisation sociale, charges sociales, securite sociale
  cotizacion, autonomos, contributi previdenziali, oneri sociali, sociale lasten, seguranca social
  fgts, inss, skladki zus, arbetsgivaravgift, arbeidsgiveravgift, tyel, yel, bagkur, jarulek
  ασφαλιστικεσ εισφορεσ, страховые взносы, єсв, 社会保険料, 国民健康保険, 社保, 公积金, 국민연금, 4대보험`,
  ],
  [
    ['cash'],
    `
  atm!, cash withdrawal!, cash wdl!, cashpoint!, cash, geldautomat!, ga nr!, barauszahlung!
  bargeld, bankomat!, retrait!, dab!, especes, cajero!, retirada efectivo!, reintegro!, efectivo
  prelievo!, prelevamento!, contanti, geldopname!, geldautomaat!, levantamento!, saque!
  wyplata z bankomatu!, gotowka, vyber z bankomatu!, hotovost, kontantuttag!, kontanter, haevet!
  minibank!, kateisnosto!, kateinen, nakit!, para cekme!, numerar, keszpenz!, αναληψη!, μετρητα
  снятие наличных!, банкомат!, наличные, משיכת מזומן!, כספומט!, מזומן, سحب نقدي!, صراف الي!, 現金
  取现!, 取款!, 현금, 현금인출!`,
  ],
  [
    ['credit-card', 'transfer'],
    `
  credit card, card repayment, cc payment, kreditkarte?, kreditkartenabrechnung
  kreditkarte abrechnung, visa abrechnung, carte de credit, releve carte, debit differe
  tarjeta de credito, carta di credito, creditcard, cartao de credito, fatura cartao
  karta kredytowa, kreditni karta, kreditkort, luottokortti, kredi karti, πιστωτικη καρτα
  кредитная карта, כרטיס אשראי, כרטיסי אשראי, بطاقة ائتمان, クレジットカード, 信用卡, 신용카드`,
  ],
  [
    ['transfer'],
    `
  internal transfer, book transfer, transfer?, own account, online transfer to, umbuchung
  eigenuebertrag, geldtransit, uebertrag, virement interne, virements internes, compte a compte
  traspaso, giroconto, eigen rekening, przelew wlasny, egna konton, oma siirto, hesaplar arasi
  virman, между счетами, перевод?, העברה?, تحويل?, 資金移動, 振替, 转账?, 内部转账, 내계좌, 계좌이체?`,
  ],
  [
    ['savings'],
    `
  saving, sparen, sparplan, sparbuch, sparkonto, spar plan, festgeld, tagesgeld*, epargne, livret
  ldds, ahorro, risparmi*, spaar*, poupanca, oszczednosci, lokata, sporeni, sparande, opsparing
  sparing, saasto, saastot, birikim, vadeli hesap, economii, megtakaritas, αποταμιευση, сбережения
  вклад, חיסכון, חסכון, פיקדון, פקדון, توفير, 貯金, 積立, 储蓄, 저축, 적금`,
  ],
  [
    ['investment', 'savings'],
    `
  titoli, azioni, investment, brokerage, broker, stocks, securities, mutual fund, etf, crypto
  bitcoin, depotkonto, aktien, wertpapier*, *fonds, investissement, bourse, inversion*, fondos
  investimento, investimenti, fondi, belegg*, acoes, inwestycje, investice, aktier, fonder
  sijoitu*, rahasto, yatirim, investitii, befektetes, επενδυσεισ, инвестиции, брокер, השקעות
  استثمار, اسهم, 投資, 証券, 投资, 基金, 股票, 투자, 주식`,
  ],
  [
    ['dividends', 'investment'],
    `
  dividend!, dividende!, dividenden!, ausschuettung!, *dividende, dividendo!, dividendi!, cedola!
  dywidenda!, utdelning!, udbytte!, utbytte!, osinko!, temettu!, osztalek!, μερισμα!, дивиденды!
  дивиденд!, דיבידנד!, ارباح اسهم!, 配当!, 股息!, 分红!, 배당!`,
  ],
  [
    ['refund'],
    `
  refund, reversal, cashback, cash back, chargeback, rebate, reimbursement, rueckerstattung
  erstattung, rueckzahlung, ruecklastschrift, remboursement, avoir, reembolso, devolucion
  rimbors*, storno, terugbetaling, estorno, restituicao, zwrot, vraceni, aterbetalning
  refundering, tilbakebetaling, palautus, hyvitys, iade, rambursare, visszaterites, επιστροφη
  возврат, кэшбэк, повернення, החזר, החזרים, استرداد, 返金, 払戻, 退款, 返现, 환불, 환급, 캐시백`,
  ],
  [
    ['sales', 'customers'],
    `
  sales, invoice payment, merchant deposit, merchant services, payout, umsatzerloes*, erloes*
  ventes, ventas, vendite, corrispettivi, omzet, vendas, sprzedaz, trzby, forsaljning, salg
  myynti, satislar, vanzari, ertekesites, πωλησεισ, выручка, продажи, эквайринг, מכירות, مبيعات
  売上, 销售, 매출`,
  ],
  [
    ['software'],
    `
  software, cloud, hosting, saas, webhosting, edv, logiciel, hebergement web, dominio
  oprogramowanie, programvara, ohjelmisto, yazilim, szoftver, λογισμικο, программное обеспечение
  хостинг, תוכנה, תוכנות, برمجيات, ソフト, 软件, 소프트웨어`,
  ],
  [
    ['office'],
    `
  office supplies, stationery, buerobedarf, bueromaterial, schreibwaren, papeterie
  fournitures de bureau, material de oficina, papeleria, cancelleria, kantoor*, papelaria
  kontorsmaterial, kontorartikler, toimisto*, kirtasiye, papetarie, rechizite, irodaszer
  γραφικη υλη, канцтовары, канцелярия, ציוד משרדי, قرطاسية, 事務用品, 文房具, 办公用品, 사무용품`,
  ],
  [
    ['accounting', 'legal'],
    `
  fiscal, steuerberatung, accounting, accountant, bookkeeping, cpa, steuerberater, *steuerberatung
  buchhaltung, buchfuehrung, jahresabschluss, expert comptable, comptabilite, expertise comptable
  gestoria, asesoria, contabili*, commercialista, boekhoud*, ksiegow*, ucetni, ucetnictvi
  bokforing, revisor, regnska*, kirjanpito, tilitoimisto, muhasebe, konyveles, λογιστ*, бухгалтер*
  רואה חשבון, הנהלת חשבונות, محاسب, محاسبة, 税理士, 会計, 会计, 세무사, 회계`,
  ],
  [
    ['legal'],
    `
  kanzlei, attorney, lawyer, law office, legal, solicitor, notary, anwalt, rechtsanw*
  rechtsberatung, notar, avocat, notaire, huissier, abogado, notari*, avvocato, notaio, advocaat
  advogado, cartorio, adwokat, advokat, asianajaja, avukat, noter, ugyved, kozjegyzo, δικηγοροσ
  συμβολαιογραφοσ, юрист, нотариус, адвокат, נוטריון, עורך דין, עורכי דין, محامي, محاماة, 弁護士, 律师
  법무사`,
  ],
  [
    ['advertising'],
    `
  advertising, marketing, werbung, werbe*, publici*, propaganda, pubblicita, advertenties, reklam*
  reklam, mainonta, markkinointi, hirdetes, διαφημιση, реклама, маркетинг, פרסום, שיווק, اعلانات
  تسويق, 広告, 广告, 推广, 광고, 마케팅`,
  ],
  [
    ['postage'],
    `
  fracht, timbres, postage, shipping, courier, post office, freight, briefmarken, paket*
  versandkosten, postfiliale, post filiale, affranchissement, frais postaux, frais de port
  gastos de envio, mensajeria, franqueo, spedizion*, spese postali, corriere, postzegels, frete
  przesylka, kurier, poczta, postovne, frakt, fragt, rahti, kargo, curierat, posta, futar
  ταχυδρομεια, почта, доставка, пошта, דואר, משלוחים, بريد, شحن, 送料, 郵便, 宅配, 快递, 物流, 택배`,
  ],
  [
    ['training'],
    `
  seminar, conference, workshop, fortbildung*, weiterbildung, schulung, schulungs*
  formation professionnelle, formacion, formazione, bijscholing, szkoleni*, skoleni, kursavgift
  kurssit, tanfolyam, σεμιναριο, семинар, השתלמות, קורס, تدريب, 研修, 培训, 교육훈련비`,
  ],
];
