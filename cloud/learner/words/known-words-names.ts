import type { KnownWords } from './known-words-index.ts';

// As names of book accounts these say enough; bank texts use them for anything: "client 4711".
/** What book accounts alone are called. */
export const accountWords: KnownWords = [
  [
    ['sales'],
    `
  revenue, turnover, fee income, umsatz, umsaetze, verkaeufe, chiffre d affaires, prestations
  ricavi, fatturato, verkopen, faturamento, receitas, przychody, prodej, intakter, omsaetning
  liikevaihto, venituri, arbevetel, τζιροσ, εσοδα, реализация, הכנסות ממכירות, פדיון, ايرادات, 売上高
  营业收入, 판매`,
  ],
  [
    ['rental-income', 'rent'],
    `
  rental income, rents received, mieteinnahmen, mietertraege, revenus locatifs, revenus fonciers
  loyers percus, ingresos alquiler, affitti attivi, huurinkomsten, hyresintakter, kira geliri
  הכנסות משכירות, 家賃収入`,
  ],
  [
    ['interest', 'savings'],
    `
  interest income, interest earned, zinsertraege, produits financiers, interessi attivi
  faiz geliri`,
  ],
  [
    ['customers', 'sales'],
    `
  customer, accounts receivable, receivable, debtors, debitoren, kunden, forderungen, client
  creances, client*, debiteuren, naleznosci, odberatele, pohledavky, kundfordringar
  kundefordringer, myyntisaamiset, alicilar, vevok, πελατεσ, покупатели, клиенты, לקוחות, عملاء
  売掛金, 应收账款`,
  ],
  [
    ['suppliers', 'materials'],
    `
  supplier, vendor, accounts payable, payable, creditors, kreditoren, lieferanten, fournisseur
  verbindlichkeiten, proveedores, fornitori, leveranciers, crediteuren, fornecedores, dostawcy
  zobowiazania, dodavatele, zavazky, leverantorsskulder, leverandorer, ostovelat, saticilar
  furnizori, szallitok, προμηθευτεσ, поставщики, ספקים, موردين, 買掛金, 应付账款`,
  ],
  [
    ['materials'],
    `
  raw material, material, purchases, cost of goods, cogs, inventory, merchandise, wareneingang
  materialaufwand, waren*, rohstoffe, achat, matieres premieres, marchandises, fournitures
  mercaderias, materias primas, acquisti, materie prime, merci, inkopen, inkoop, grondstoffen
  mercadorias, materialy, towary, zbozi, varuinkop, varekob, varekjop, ostot, ilk madde
  ticari mallar, marfuri, anyagkoltseg, πρωτεσ υλεσ, сырье, материалы, закупка, товары, חומרי גלם
  مواد خام, مشتريات, 仕入, 材料, 采购, 원재료, 매입`,
  ],
  [
    ['subcontractors'],
    `
  subcontra*, freelancer, contract labor, contractors, outside services, fremdleistungen
  subunternehmer, freie mitarbeiter, sous traitance, subappalto, podwykonawcy, uslugi obce
  subdodavky, underentreprenor, underleverantor, alihankinta, taseron, alvallalkozo, субподряд
  подрядчики, קבלני משנה, مقاولين, 外注, 分包, 外包, 외주`,
  ],
  [
    ['owner-draw', 'transfer'],
    `
  owner draw, owner's draw, owner contribution, drawings, capital contribution, privatentnahme*
  privateinlage*, exploitant, associes, cuenta socios, conto soci, prive, pro labore, egna uttag
  privatuttak, yksityisotto, ortaklar, משיכות בעלים, 事業主貸, 事業主借`,
  ],
  [
    ['wages', 'salary'],
    `
  employee, staff, personnel, personal, personalkosten, personalaufwand, personeelskosten, 人件費
  인건비`,
  ],
  [
    ['equipment'],
    `
  equipment, machinery, fixed assets, tools, anlagevermoegen, maschinen, werkzeug*, gwg
  betriebsausstattung, materiel, outillage, immobilisations, maquinaria, herramientas
  attrezzature, macchinari, inventar*, gereedschap, equipamentos, ferramentas, wyposazenie
  vybaveni, kalusto, koneet, demirbas, ekipman, eszkozok, εξοπλισμοσ, оборудование, инструменты
  ציוד, معدات, 備品, 设备, 固定资产, 비품`,
  ],
  [
    ['office', 'equipment'],
    'office, supplies, buero, bureau, kontor, oficina, ufficio, biuro, ofis',
  ],
  [['accounting', 'legal'], 'professional fees, audit, honoraires, consulting, beratung'],
  [['advertising'], 'promotion, communication, annonces, markedsforing, marknadsforing, pazarlama'],
  [['postage'], 'porto, post, posta, versand, poste, correio, spedizioni'],
  [['training'], 'training, formation, cursus, kurser, kurs, corsi, cursos'],
  [['software'], 'it, licences, lizenzen, licenses, licences logiciels, domain'],
  [['savings'], 'pel, depozit'],
  [['investment', 'savings'], 'depot, titres, placements'],
  [['clothing'], 'mode'],
  [['shopping'], 'alisveris, vasarlas'],
  [['children'], 'barn'],
  [['travel'], 'trip'],
  [['internet', 'mobile'], 'internet'],
  [['mobile', 'internet'], 'mobile, phone'],
  [['electricity'], 'power, el, strom gas, luz y gas, luce e gas'],
  [['heating', 'fuel'], 'gas, oil'],
  [
    ['loan'],
    'pret, prets, lan, debt, schulden, dettes, deudas, debiti, dividas, dlugi, borclar, долги',
  ],
  [['gifts', 'donations'], 'gifts & donations, gifts and donations, don, dons et cadeaux'],
  [['tax'], 'dan, dane, vero, 税, מס'],
  [['rent'], 'kira'],
  [['water'], 'su, vann'],
  [['home-improvement'], 'garden, garten, jardin, giardino, tuin, hage, bahce, gradina, сад, גינה'],
  [['public-transport'], 'transport, transportation, commuting, pendeln, fahrtkosten'],
  [
    ['cash', 'transfer'],
    `
  wallet, petty cash, kasse, portemonnaie, geldboerse, portefeuille, caisse, liquide, cartera
  caja, cassa, portafoglio, kas, caixa, carteira, dinheiro, portfel, penezenka, cuzdan, кошелек
  ארנק, نقد`,
  ],
  [
    ['alcohol-tobacco'],
    'beer, wine, cigarettes, zigaretten, wein, bier, vin, vino, alcool, alkohol',
  ],
];

/** What sums up several concepts; the last part of a path may be more exact. */
export const accountGroups: KnownWords = [
  [
    ['groceries', 'restaurant', 'takeaway'],
    `
  food, meal, essen, verpflegung, nourriture, repas, comida, cibo, eten, refeicoes, jedzenie
  zywnosc, jidlo, mat, mad, yiyecek, yemek, mancare, etel, φαγητο, еда, питание, їжа, מזון, אוכל
  طعام, 飲食, 伙食, 음식`,
  ],
  [
    ['electricity', 'water', 'heating'],
    `
  utilit*, nebenkosten, versorger, suministros, utenze, bollette, gwl, media, oplaty, faturalar
  rezsi, λογαριασμοι, коммунал*, комунальні, חשבונות, 水道光熱費, 公共料金, 水电, 공과금`,
  ],
  [
    ['fuel', 'car-repair', 'parking'],
    `
  car, auto, vehicle, automobile, fahrzeug, kfz, pkw, fahrzeugkosten, voiture, vehicul*, coche
  carro, macchina, samochod, bil, bilen, araba, arac, masina, αυτοκινητο, авто, автомобиль, машина
  רכב, سيارة, 車両, 汽车, 车辆, 자동차, 차량`,
  ],
  [
    ['rent', 'mortgage', 'electricity'],
    `
  housing, home, house, household, living, wohnen, wohnung, haus, haushalt, logement, maison
  vivienda, hogar, casa, abitazione, wonen, huis, moradia, habitacao, mieszkanie, dom, bydleni
  boende, bostad, bolig, asuminen, koti, ev, konut, locuinta, lakas, otthon, σπιτι, жилье, дом
  житло, דיור, בית, منزل, سكن, 住居, 住宅, 住房, 居住, 주거, 주택`,
  ],
  [
    ['salary', 'benefits', 'interest'],
    `
  income, einkommen, revenu, ingreso, reddito, entrate, inkomen, inkomst*, renda, rendimento
  dochod, dochody, prijem, prijmy, inntekt, indtaegt, tulot, gelir, venit, jovedelem, εισοδημα
  доход, доходы, дохід, הכנסה, הכנסות, دخل, 収入, 收入, 수입`,
  ],
  [['shopping', 'clothing', 'electronics'], 'purchase, consumer, anschaffungen, lifestyle'],
  [['health', 'pharmacy', 'beauty'], 'care, pflege, bien etre, cuidado personal'],
  [['entertainment', 'streaming', 'books'], 'medien, multimedia, fun, culture, kultur, cultura'],
  [
    ['bank-fees', 'interest', 'credit-card'],
    `
  bank, banking, financial, finance, finanzen, finanzas, finanze, finans, banka, банк, בנק, بنك
  银行, 은행`,
  ],
  [['tax', 'fines', 'social-security'], 'government, behoerden, abgaben, staat'],
  [['mobile', 'internet', 'streaming'], 'bills, communication, kommunikation, telecommunications'],
  [
    ['public-transport', 'train', 'taxi'],
    `
  mobilit*, verkehr, transporte, trasporti, vervoer, doprava, liikenne, ulasim, kozlekedes
  транспорт, תחבורה, مواصلات, 交通, 교통`,
  ],
];
