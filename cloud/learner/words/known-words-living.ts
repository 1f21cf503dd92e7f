import type { KnownWords } from './known-words-index.ts';

/** What daily life costs, as bank texts and books call it. */
export const livingWords: KnownWords = [
  [
    ['groceries'],
    `
  supermarket, supermercado, epicerie, matvarer, dagligvarer, ruoka, en: grocery, groceries
  grocer, butcher, de: lebensmittel, supermarkt, *metzgerei, getraenke*, fr: alimentation
  supermarche, boucherie, es: alimentacion, carniceria, it: supermercato, alimentari, macelleria
  nl: boodschappen, slager, pt: mercearia, hipermercado, pl: zakupy spozywcze, spozywcze
  cs: potraviny, sv: livsmedel, fi: ruokakauppa, tr: gida, ro: alimente, hu: elelmiszer
  el: σουπερ μαρκετ, ru: продукт*, супермаркет, he: סופרמרקט, מכולת, ar: بقالة, ja: 食料品, スーパー
  zh: 超市, ko: 식료품, 슈퍼`,
  ],
  [
    ['alcohol-tobacco'],
    `
  liquor, tobacco, alcohol, tabak, tabac, tabacchi, estanco, systembolaget, alko, slijterij
  gall & gall, алкоголь, табак, красное белое`,
  ],
  [
    ['cafe'],
    `
  gelateria, en: coffee, bakery, espresso, donut, patisserie, de: baecker, konditor*, kaffee
  *baeckerei, *cafe, fr: boulangerie, es: panaderia, cafeteria, pasteleria, pastelaria
  it: panificio, caffe, pasticceria, nl: bakkerij, koffie, pt: padaria, pl: piekarnia, kawiarnia
  cs: pekarna, sv: bageri, da: bager, fi: leipomo, kahvila, tr: firin, ro: brutarie, hu: pekseg
  el: φουρνοσ, ru: кофе, кофейня, he: קפה, מאפייה, ar: مخبز, ja: カフェ, 珈琲, zh: 咖啡, 面包, ko: 카페, 커피`,
  ],
  [
    ['restaurant'],
    `
  ramen, bbq, pub, brewery, brasserie, trattoria, osteria, taverna, catering, canteen, lunch
  kebab, mensa, biergarten, gastronomia, en: dining, diner, bistro, pizzeria, pizza, grill
  steakhouse, sushi, burger, de: gaststaette, gasthaus, imbiss, kantine, essen gehen, doener
  *restaurant, bewirtung*, fr: resto, cantine, traiteur, restaura*, es: taberna, it: ristorante
  ristoranti, nl: eetcafe, pt: lanchonete, pizzaria, sv: krog, fi: ravintola, tr: restoran
  lokanta, hu: etterem, el: εστιατοριο, ru: ресторан, столовая, he: מסעדה, מסעדות, ar: مطعم
  ja: レストラン, 居酒屋, zh: 餐厅, 餐饮, ko: 식당, 레스토랑`,
  ],
  [
    ['takeaway', 'restaurant'],
    `
  takeaway, takeout, take away, food delivery, lieferdienst, afhalen, доставка еды, משלוחי אוכל
  外卖, 出前, 배달`,
  ],
  [
    ['clothing'],
    `
  chaussures, obuv, en: clothing, clothes, apparel, shoes, footwear, fashion, boutique, jeans
  de: kleidung, bekleidung, schuhe, schuhhaus, fr: vetement, habillement, es: ropa, calzado
  it: abbigliamento, scarpe, nl: kleding, schoenen, pt: roupa, sapatos, pl: odziez, cs: obleceni
  sv: klader, skor, fi: vaatteet, kengat, tr: giyim, ayakkabi, ro: imbracaminte, hu: ruha
  el: ρουχα, ru: одежда, обувь, he: ביגוד, הלבשה, ar: ملابس, ja: 衣類, 洋服, zh: 服装, 服饰, ko: 의류, 의복`,
  ],
  [
    ['shopping'],
    `
  shopping, department store, marketplace, kaufhaus, warenhaus, einkaeufe, compras, zakupy, nakupy
  cumparaturi, αγορεσ, покупки, קניות, تسوق, ショッピング, 百貨店, 购物, 百货, 쇼핑, 백화점`,
  ],
  [
    ['electronics'],
    `
  electroni*, computer, elektronik, elektro, informatique, informatica, elettronica, elektronica
  elektronika, elektroniikka, электроника, אלקטרוניקה, מחשבים, الكترونيات, 家電, 电子产品, 전자제품, 가전`,
  ],
  [
    ['home-improvement'],
    `
  home improvement, hardware store, diy, garden center, garden centre, gardening, heimwerker
  gartencenter, *baumarkt, bricola*, jardinerie, jardineria, jardinagem, ferreteria, ferramenta
  fai da te, bouwmarkt, ferragens, budowlany, ogrod, zahrada, byggemarked, hirdavat, barkacs
  стройматериалы, строительный, טמבור, مواد بناء, ホームセンター`,
  ],
  [
    ['furniture'],
    `
  furniture, mattress, moebelhaus, einrichtung, *moebel, meuble, mobili, mobilier, mueble
  arredamento, meubels, moveis, meble, nabytek, mobler, huonekalut, mobilya, mobila, butor, επιπλα
  мебель, ריהוט, اثاث, 家具, 가구`,
  ],
  [
    ['drugstore'],
    `
  drugstore, drogeri*, drogueri*, drogisterij, drogaria, perfumeria, kosmet*, ドラッグストア, 日用品, 드럭스토어`,
  ],
  [
    ['beauty'],
    `
  en: hair, haircut, hairdresser, barber, barbershop, barberia, salon, nails, beauty, cosmetics
  day spa, de: frisoer, kosmetik, *friseur, barbier, barbiere, fr: coiffeur, coiffure, esthetique
  es: peluqueria, esteti*, it: parrucchiere, nl: kapper, kapsalon, pt: cabeleireiro, barbearia
  salao, pl: fryzjer, cs: kadernictvi, sv: harfrisor, fi: kampaamo, tr: kuafor, ro: frizerie
  hu: fodrasz, el: κομμωτηριο, ru: парикмахерская, салон красоты, he: מספרה, קוסמטיקה, ar: صالون
  zh: 理发, 美发, ko: 미용실`,
  ],
  [
    ['pharmacy'],
    `
  pharmac*, drug store, chemist, *apotheke, medikamente, farmacia, apotheek, apteka, lekarna
  apotek, apteekki, eczane, gyogyszertar, φαρμακειο, аптека, בית מרקחת, תרופות, صيدلية, 薬局, 药店, 약국`,
  ],
  [
    ['health'],
    `
  medico, clinica, physiotherapy, therapy, therapist, optical, opticien, laboratoire, medicine
  zdravi, szpital, terveys, saglik, egeszseg, en: doctor, dentist*, dental, medical, clinic
  hospital, health, healthcare, optician, de: klinikum, gesundheit, physiotherapie, optiker
  heilpraktiker, *arzt, *klinik, *praxis, *krankenhaus, fr: medecin, sante, hopital, clinique
  es: salud, optica, it: salute, sanita, ospedale, nl: huisarts, tandarts, ziekenhuis, pt: saude
  laboratorio, pl: lekarz, dentysta, cs: lekar, sv: lakare, tandlakare, fi: laakari, hammaslaakari
  tr: hastane, ro: sanatate, hu: orvos, el: υγεια, ru: врач, стоматология, he: רופא, ar: طبيب
  ja: 病院, 歯科, zh: 诊所, 医疗, ko: 병원`,
  ],
  [
    ['children'],
    `
  children, creche, en: child care, childcare, daycare, day care, nursery, babysitter, toys, kids
  de: kita, hort, spielwaren, spielzeug, kinder, kindertages*, kindergarten*, fr: enfants
  garderie, nounou, jouets, es: guarderia, hijos, ninos, it: asilo, bambini, figli
  nl: kinderopvang, kinderen, pt: criancas, filhos, pl: przedszkole, zlobek, cs: skolka
  sv: forskola, fi: paivakoti, lapset, tr: kres, ro: gradinita, hu: ovoda, el: παιδικοσ σταθμοσ
  ru: детский сад, дети, he: צהרון, ילדים, ar: حضانة, ja: 保育園, zh: 幼儿园, ko: 유치원, 어린이집`,
  ],
  [
    ['education'],
    `
  escuela, autoescuela, educacao, en: tuition, universit*, universid*, college*, school, education
  student loan, academy, de: studium, semesterbeitrag, studierendenwerk, nachhilfe, bildung
  *schule, fr: ecole, scolarite, crous, lycee, es: colegio, educacion, matricula, it: scuola
  pt: escola, faculdade, pl: szkola, cs: skola, sv: utbildning, tr: okul, egitim, ro: scoala
  hu: iskola, el: εκπαιδευση, ru: образование, he: לימודים, אוניברסיטה, ar: مدرسة, ja: 学費, 授業料
  zh: 学费, ko: 학원, 교육`,
  ],
  [
    ['sports'],
    `
  fitness, crossfit, climbing, traning, trening, en: gym, sport, yoga, pilates, swimming, golf
  ski pass, tennis, bowling, de: schwimmbad, skipass, *sportverein, fitness*, fr: piscin*
  es: gimnasio, deporte, it: palestra, nl: sportschool, zwembad, pt: ginasio, esporte
  pl: silownia, cs: posilovna, sv: idrott, fi: kuntosali, tr: spor, hu: edzoterem, el: γυμναστηριο
  ru: фитнес, спорт, he: ספורט, כושר, ja: スポーツ, フィットネス, zh: 健身, ko: 헬스, 스포츠`,
  ],
  [
    ['entertainment'],
    `
  festival, hobby, hobbies, entradas, kultura, fritid, en: cinema, movie, theatre, concert, zoo
  tickets?, entertainment, leisure, de: konzert, freizeit*, eintritt, *theater, *museum, *kino
  fr: loisirs, musee, billetterie, es: cine, ocio, teatro, museo, it: divertimento, tempo libero
  nl: bioscoop, pt: lazer, pl: rozrywka, teatr, cs: zabava, sv: noje, fi: elokuvat, teatteri
  tr: sinema, eglence, ro: divertisment, hu: mozi, el: σινεμα, ru: кинотеатр, кино, he: קולנוע
  בילויים, ar: سينما, ja: 映画, 娯楽, zh: 电影, 娱乐, ko: 영화, 문화생활`,
  ],
  [
    ['books'],
    `
  book, bookstore, newspaper, magazine, zeitschriften, buchhandlung, buchladen, buecher, buch
  *zeitung, librairie, livres, presse, libreria, libro, revistas, libri, giornali, boeken, krant
  livraria, livros, ksiazki, knihy, bocker, bokhandel, tidning, boger, boghandel, kirjat, lehti
  kitap, carti, konyv, βιβλια, книги, ספרים, עיתון, مكتبة, كتب, 書籍, 書店, 图书, 书店, 도서, 신문`,
  ],
  [
    ['games'],
    `
  video games, videosp*, videojuegos, videogames, игры, ゲーム, 游戏, 게임`,
  ],
  [
    ['gambling'],
    `
  casino, lotto, lotter*, loteri*, gambling, betting, scommesse, apuestas, лотерея, הימורים, 宝くじ
  彩票, 복권`,
  ],
  [
    ['pets'],
    `
  animaux, pet, pets, veterinary, veterinarian, haustier, futter, tierbedarf, tierhandlung
  tiernahrung, *tierarzt, veterinaire, animalerie, veterinario, mascota, veterinaria, dierenarts
  huisdier, animais, petshop, weterynarz, zwierzeta, veterinar, husdjur, dyrlege, dyrlaege
  lemmik*, veteriner, allatorvos, κτηνιατροσ, ветеринар, зоомагазин, וטרינר, بيطري, ペット, 動物病院, 宠物
  동물병원`,
  ],
  [
    ['gifts'],
    `
  geschenke, cadeaux, gift, presents, presentes, blumen, florist*, flowers, *geschenk, cadeau
  fleuriste, regalo, regali, bloemen, prezent*, kwiaty, darky, gaver, blommor, lahjat, hediye
  cadouri, ajandek, virag, δωρα, подарки, цветы, מתנה, מתנות, פרחים, هدية, ギフト, プレゼント, 礼物, 鲜花, 선물`,
  ],
  [
    ['donations'],
    `
  donation, donativo, donatii, charity, church, tithe, foundation?, spenden, kirche, *spende
  fondation?, dons, eglise, donacion, iglesia, donazione, parrocchia, chiesa, kerk, doacao, dizimo
  igreja, darowizna, parafia, dary, kyrka, kirke, lahjoitu*, sadaka, adomany, δωρεα, пожертвование
  תרומה, תרומות, تبرع, 寄付, 捐款, 기부, 교회`,
  ],
  [
    ['membership'],
    `
  gewerkschaft, membership, dues, club fee, mitgliedsbeitrag, vereinsbeitrag, mitgliedschaft
  *verein, e v?, adhesion, association, syndicat, cuota socio, associazione, contributie, vakbond
  quota, associacao, skladka czlonkowska, medlemsavgift, forening, jasenmaksu, aidat, tagdij
  членский взнос, דמי חבר, 会費, 회비`,
  ],
];
