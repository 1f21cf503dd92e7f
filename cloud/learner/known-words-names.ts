import type { KnownWords } from './known-words-index.ts';

// As a name of a book account these say enough; in a bank's text they would be part of other names.
/** What book accounts alone are called. */
export const accountWords: KnownWords = [
  [['sales'], 'consulting, fees income, erloese 19, business income, trading income, side income'],
  [
    ['rental-income', 'rent'],
    'rental income, rents received, mieteinnahmen, mietertraege, revenus locatifs, revenus fonciers, loyers percus, ingresos alquiler, affitti attivi, huuropbrengsten, huurinkomsten, receita de aluguel, przychody z najmu, hyresintakter, lejeindtaegter, leieinntekter, vuokratulot, kira geliri, доход от аренды, הכנסות משכירות, ايرادات ايجار, 家賃収入, 租金收入, 임대수입',
  ],
  [
    ['interest', 'savings'],
    'interest income, interest earned, zinsertraege, interets percus, produits financiers, ingresos financieros, interessi attivi, ranteintakter, korkotuotot, faiz geliri, проценты полученные, הכנסות ריבית',
  ],
  [['electricity'], 'power, el, elektriciteit, strom gas, electricite gaz, luz y gas, luce e gas'],
  [['heating', 'fuel'], 'gas, oil'],
  [
    ['loan'],
    'pret, prets, lan, debt, debts, schulden, dettes, deudas, debiti, divida, dividas, dlugi, dluhy, borclar, долги, חובות',
  ],
  [
    ['gifts', 'donations'],
    'gifts & donations, gifts and donations, geschenke und spenden, don, dons et cadeaux',
  ],
  [['rent'], 'kira, chata najem'],
  [['water'], 'su, vann'],
  [
    ['home-improvement'],
    'garden, garten, jardin, giardino, tuin, have, hage, bahce, gradina, kert, сад, גינה',
  ],
  [['public-transport'], 'transport, transportation, commuting, pendeln, fahrtkosten, fahrkosten'],
  [
    ['cash', 'transfer'],
    'wallet, bargeld, portemonnaie, geldboerse, portefeuille, cartera, portafoglio, portemonnee, carteira, portfel, penezenka, planbok, cuzdan, portofel, penztarca, кошелек, ארנק',
  ],
  [
    ['alcohol-tobacco'],
    'beer, wine, cigarettes, zigaretten, wein, bier, vin, vino, alcool, alkohol',
  ],
  [['office', 'equipment'], 'supplies, bureau, kontor'],
  [['cash', 'owner-draw'], 'pocket money, taschengeld, argent de poche'],
];

/** What sums up several concepts: it counts only where the last part of the path says nothing more exact. */
export const accountGroups: KnownWords = [
  [
    ['groceries', 'restaurant', 'takeaway'],
    'food, food & drink, food & dining, meals, essen, essen & trinken, verpflegung, nourriture, repas, comida, cibo, eten, eten & drinken, comida, refeicoes, jedzenie, zywnosc, jidlo, mat, mad, ruokailu, yiyecek, yemek, mancare, etel, φαγητο, еда, питание, їжа, מזון, אוכל, طعام, 食, 飲食, 吃饭, 伙食, 음식',
  ],
  [
    ['electricity', 'water', 'heating'],
    'utilities, utility, nebenkosten, versorger, energie & wasser, fournitures non stockables, suministros, servicios publicos, utenze, bollette, nutsvoorzieningen, gwl, contas de casa, media, oplaty, sluzby bydleni, driftskostnader, forbrug, faturalar, utilitati, rezsi, λογαριασμοι, коммунальные, коммунальные услуги, коммуналка, комунальні, חשבונות, خدمات, 水道光熱費, 公共料金, 水电, 水电煤, 공과금',
  ],
  [
    ['fuel', 'car-repair', 'parking'],
    'car, auto, vehicle, vehicles, automobile, motor vehicle, fahrzeug, kfz, pkw, wagen, fahrzeugkosten, voiture, vehicule, coche, vehiculo, carro, automovil, macchina, autokosten, automovel, samochod, pojazd, auto a doprava, bil, bilen, bilkostnader, autokulut, araba, arac, tasit, masina, auto koltseg, αυτοκινητο, авто, автомобиль, машина, רכב, سيارة, 車, 車両, 汽车, 车辆, 자동차, 차량',
  ],
  [
    ['rent', 'mortgage', 'electricity'],
    'housing, home, house, household, living, wohnen, wohnung, haus, haushalt, logement, maison, domicile, vivienda, hogar, casa, abitazione, wonen, huis, huishouden, moradia, habitacao, mieszkanie, dom, bydleni, domacnost, boende, bostad, bolig, asuminen, koti, ev, konut, locuinta, lakas, haz, otthon, σπιτι, κατοικια, жилье, дом, житло, דיור, בית, منزل, سكن, 住居, 住宅, 住房, 居住, 주거, 주택',
  ],
  [
    ['salary', 'benefits', 'interest'],
    'income, einkommen, revenu, revenus, ingreso, ingresos, reddito, entrate, inkomen, inkomsten, renda, receita, rendimento, dochod, dochody, prijem, prijmy, inkomst, indtaegt, inntekt, tulot, gelir, venit, venituri, jovedelem, bevetel, εισοδημα, доход, доходы, дохід, הכנסה, دخل, 収入, 收入, 수입',
  ],
  [
    ['shopping', 'clothing', 'electronics'],
    'personal, purchase, consumer, anschaffungen, lifestyle',
  ],
  [
    ['health', 'pharmacy', 'beauty'],
    'care, pflege, gesundheit & pflege, bien etre, cuidado personal',
  ],
  [
    ['entertainment', 'streaming', 'books'],
    'media & entertainment, medien, medias, multimedia, fun, spass, culture, kultur, cultura',
  ],
  [
    ['bank-fees', 'interest', 'credit-card'],
    'bank, banking, financial, finance, finances, finanzen, charges financieres, finanzas, finanze, finansowe, finance & poplatky, finans, banka, банк, בנק, بنك, 银行, 은행',
  ],
  [['tax', 'fines', 'social-security'], 'government, behoerden, abgaben, public, staat'],
  [
    ['mobile', 'internet', 'streaming'],
    'bills, communication, communications, kommunikation, kommunikationskosten, postes et telecommunications',
  ],
  [
    ['public-transport', 'train', 'taxi'],
    'transport, transports, transportation, mobility, mobilitaet, verkehr, transporte, trasporti, vervoer, doprava, transportkostnader, liikenne, matkustaminen, ulasim, transportul, kozlekedes, транспорт, תחבורה, مواصلات, 交通, 교통',
  ],
  [
    ['travel', 'flight', 'train'],
    'business travel, travel & entertainment, reisekosten unternehmer, voyages et deplacements, missions',
  ],
];
