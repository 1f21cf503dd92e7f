import type { KnownWords } from './known-words-index.ts';

/** What daily life, the way and the home are called in bank texts and in books. */
export const livingWords: KnownWords = [
  [
    ['groceries'],
    `
  en: grocery, groceries, supermarket, food market, farmers market, greengrocer, butcher, grocer
  de: lebensmittel, supermarkt, getraenkemarkt, metzgerei, fleischerei, wochenmarkt, bioladen
  *metzgerei, getraenke*
  fr: alimentation, supermarche, hypermarche, courses alimentaires, boucherie, epicerie, primeur
  es: supermercado, alimentacion, comestibles, carniceria, fruteria, it: supermercato, alimentari
  macelleria, generi alimentari, nl: boodschappen, slagerij, slager, levensmiddelen
  pt: mercearia, supermercado, hipermercado, talho, acougue, pl: zakupy spozywcze, spozywcze
  sklep spozywczy, supermarket, delikatesy, cs: potraviny, sv: livsmedel, matvaror, dagligvaror
  dagligvarer, fi: ruokakauppa, elintarvike, elintarvikkeet, ruokaostokset, ruoka
  tr: market alisverisi, gida, bakkal, kasap, manav, ro: alimente, bacanie, hu: elelmiszer
  el: σουπερ μαρκετ, τροφιμα, ru: продукты, супермаркет, продуктовый, гастроном, uk: продукти
  he: סופרמרקט, מכולת, סופר, מזון, ar: بقالة, سوبرماركت, هايبرماركت, مواد غذائية, ja: 食料品, スーパー
  食費, zh: 超市, 食品杂货, 便利店, 买菜, ko: 식료품, 슈퍼마켓, 슈퍼, 마트, 편의점, 식비`,
  ],
  [
    ['alcohol-tobacco'],
    `
  liquor, liquor store, wine & spirits, tobacco, alcohol, off licence, tabak, tabakwaren, tabac
  tabacchi, tabacos, estanco, systembolaget, vinmonopolet, alko, weinhandlung, cave a vin
  slijterij, gall & gall, nicolas vins, total wine, bevmo, алкоголь, табак, красное белое, kb красное белое
  酒類, 烟酒, 담배`,
  ],
  [
    ['cafe'],
    `
  en: coffee, cafe, bakery, coffee shop, coffeehouse, espresso, donut, doughnut, patisserie
  de: baeckerei, baecker, konditorei, kaffee, *baeckerei, *cafe, fr: boulangerie, es: panaderia
  cafeteria, pasteleria, it: panificio, caffe, pasticceria, panetteria, gelateria, nl: bakkerij
  bakker, koffie, pt: padaria, pastelaria, pl: piekarnia, kawiarnia, cukiernia, cs: pekarna
  kavarna, pekarstvi, sv: bageri, konditori, kaffe, bakeri, da: bager, fi: leipomo, kahvila
  tr: firin, pastane, kahve, ro: brutarie, cofetarie, hu: pekseg, kavezo, cukraszda
  el: φουρνοσ, αρτοποιειο, καφετερια, καφε, ru: кофе, кофейня, пекарня, кафе, булочная, кав'ярня
  he: קפה, מאפייה, מאפיה, ar: مخبز, قهوة, مقهى, ja: カフェ, 珈琲, ベーカリー, コーヒー, 喫茶, zh: 咖啡, 面包, 奶茶
  ko: 카페, 커피, 베이커리, 빵집`,
  ],
  [
    ['restaurant'],
    `
  en: restaurant, dining, diner, bistro, pizzeria, pizza, grill, steakhouse, sushi, burger, taqueria
  ramen, bbq, pub, brewery, brasserie, trattoria, osteria, eatery, catering, fast food, canteen, lunch
  noodle, kebab, bar & grill, eating out, tavern, taverna, de: gaststaette, gasthaus, gasthof, imbiss
  wirtshaus, mensa, kantine, bewirtung, essen gehen, doener, doenerladen, brauhaus, biergarten
  *restaurant, bewirtung*, fr: restaurants, resto, creperie, cantine, traiteur, restauration
  es: restaurante, taberna, cerveceria, marisqueria, comedor, it: ristorante, ristoranti, paninoteca
  ristorazione, mensa, nl: eetcafe, snackbar, uit eten, horeca, pt: lanchonete, churrascaria
  pizzaria, pl: restauracja, restauracje, gastronomia, cs: restaurace, hospoda, jidelna
  sv: restaurang, krog, lunchrestaurang, spisested, fi: ravintola, lounas, tr: restoran, lokanta
  kebap, lokantasi, hu: etterem, vendeglo, el: εστιατοριο, ταβερνα, ru: ресторан, столовая, пиццерия
  he: מסעדה, מסעדות, פיצה, פלאפל, שווארמה, ar: مطعم, مطاعم, ja: レストラン, 居酒屋, 食堂, 外食, 寿司, ラーメン
  zh: 餐厅, 餐饮, 饭店, 火锅, 酒楼, 外食, ko: 식당, 레스토랑, 외식, 치킨, 회식`,
  ],
  [
    ['takeaway', 'restaurant'],
    'takeaway, takeout, take away, food delivery, lieferdienst, livraison repas, comida a domicilio, afhaal, afhalen, delivery comida, jedzenie na wynos, yemek siparisi, доставка еды, משלוחי אוכל, 外卖, 出前, 배달',
  ],
  [
    ['clothing'],
    `
  en: clothing, clothes, apparel, shoes, footwear, fashion, outfitters, boutique, jeans, de: kleidung
  bekleidung, schuhe, mode, textilien, schuh*, fr: vetement, habillement, chaussures, chausseur
  es: ropa, calzado, zapateria, vestuario, it: abbigliamento, calzature, scarpe, vestiti, nl: kleding
  schoenen, pt: roupa, roupas, sapatos, pl: odziez, ubrania, obuwie, buty, cs: obleceni, obuv
  sv: klader, skor, toj, sko, fi: vaatteet, kengat, tr: giyim, ayakkabi, ro: imbracaminte
  haine, incaltaminte, hu: ruha, ruhazat, cipo, el: ρουχα, ενδυση, παπουτσια, ru: одежда, обувь, одяг, взуття
  he: ביגוד, הלבשה, בגדים, נעליים, הנעלה, ar: ملابس, احذية, ja: 衣類, 衣服, 洋服, 被服, zh: 服装, 衣服, 服饰, 鞋
  ko: 의류, 의복, 신발, 패션`,
  ],
  [
    ['shopping'],
    `
  shopping, department store, marketplace, kaufhaus, warenhaus, einkaeufe, grand magasin, compras
  acquisti online, winkelen, warenhuis, zakupy, nakupy, alisveris, cumparaturi, vasarlas, αγορεσ
  покупки, маркетплейс, קניות, تسوق, ショッピング, 百貨店, 通販, 购物, 百货, 网购, 쇼핑, 백화점`,
  ],
  [
    ['electronics'],
    `
  electronics, computer, computers, elektronik, elektro, unterhaltungselektronik, electronique
  informatique, electronica, informatica, elettronica, elektronica, elektronika, elektroniikka
  elektronik esya, электроника, бытовая техника, אלקטרוניקה, מחשבים, الكترونيات, 家電, 电子产品, 数码, 전자제품, 가전`,
  ],
  [
    ['home-improvement'],
    `
  home improvement, hardware store, diy, garden center, garden centre, gardening, lumber, baumarkt
  heimwerker, gartencenter, gaertnerei, gartenbau, *baumarkt, bricolage, jardinerie, quincaillerie
  ferreteria, bricolaje, jardineria, ferramenta, fai da te, giardinaggio, bouwmarkt, tuincentrum
  ferragens, bricolagem, jardinagem, material de construcao, budowlany, narzedzia, ogrod, zahrada
  byggvaror, byggemarked, tradgard, rautakauppa, puutarha, nalbur, hirdavat, yapi market, bricolaj
  barkacs, kerteszet, стройматериалы, строительный, хозтовары, טמבור, חומרי בניין, مواد بناء, ホームセンター, 建材, 五金, 철물`,
  ],
  [
    ['furniture'],
    `
  furniture, furnishings, mattress, homeware, home goods, moebel, moebelhaus, einrichtung, hausrat
  *moebel, meuble, ameublement, mobilier, mueble, muebles, mobili, arredamento, meubels, inrichting
  moveis, mobiliario, decoracao, meble, nabytek, mobler, huonekalut, sisustus, mobilya, mobila
  butor, επιπλα, мебель, меблі, ריהוט, רהיטים, اثاث, مفروشات, 家具, 가구, 인테리어`,
  ],
  [
    ['drugstore'],
    `
  drugstore, toiletries, household goods, household supplies, drogerie, haushaltswaren, droguerie
  drogueria, drogheria, drogisterij, drogaria, perfumeria, higiene, kosmetyki, drogerija, kosmetika
  ドラッグストア, 日用品, 日用百货, 洗化, 생필품, 드럭스토어`,
  ],
  [
    ['beauty'],
    `
  en: hair, haircut, hairdresser, barber, barbershop, salon, nails, beauty, cosmetics, spa, wellness
  personal care, massage, tattoo, de: friseur, frisoer, kosmetik, nagelstudio, koerperpflege, *friseur
  barbier, fr: coiffeur, coiffure, esthetique, institut de beaute, es: peluqueria, barberia, estetica
  it: parrucchiere, barbiere, estetista, nl: kapper, kapsalon, pt: cabeleireiro, barbearia, salao
  pl: fryzjer, kosmetyczka, uroda, cs: kadernictvi, kosmetika, sv: frisor, harfrisor, fi: kampaamo
  parturi, tr: kuafor, berber, ro: frizerie, coafor, hu: fodrasz, szepsegapolas, el: κομμωτηριο
  ru: парикмахерская, салон красоты, барбершоп, косметика, перукарня, he: מספרה, קוסמטיקה, טיפוח, ספר גברים
  ar: صالون, حلاق, تجميل, ja: 美容, 美容室, 理容, 化粧品, zh: 理发, 美发, 美容, 化妆品, ko: 미용실, 헤어, 네일, 화장품`,
  ],
  [
    ['pharmacy'],
    `
  pharmacy, drug store, prescription, chemist, chemists, apotheke, *apotheke, medikamente, pharmacie
  farmacia, apotheek, apteka, lekarna, apotek, apteekki, eczane, ilac, medicamente, gyogyszertar, patika
  φαρμακειο, аптека, лекарства, בית מרקחת, תרופות, صيدلية, 薬局, 医薬品, 药店, 药房, 大药房, 약국`,
  ],
  [
    ['health'],
    `
  en: doctor, dentist, dental, medical, clinic, hospital, health, healthcare, physician, optician, dr med
  optical, eyecare, physiotherapy, chiropractic, therapy, therapist, radiology, pediatrics, orthodontics
  medicine, psychologist, de: arzt, zahnarzt, aerzte, praxis, krankenhaus, klinik, klinikum, gesundheit
  physiotherapie, augenoptik, optiker, arztrechnung, hausarzt, heilpraktiker, pvs, *arzt, *klinik, *praxis
  *krankenhaus, fr: medecin, dentiste, sante, hopital, clinique, opticien, kinesitherapeute, laboratoire
  es: medico, dentista, salud, sanidad, clinica, optica, fisioterapia, it: medico, dentista, salute, sanita
  ospedale, spese mediche, ottica, studio medico, nl: huisarts, tandarts, ziekenhuis, gezondheid, zorg
  fysiotherapie, pt: saude, dentista, clinica, consulta medica, laboratorio, pl: lekarz, dentysta, zdrowie
  szpital, stomatolog, przychodnia, cs: lekar, zubar, zdravi, nemocnice, sv: lakare, tandlakare, vardcentral
  tandvard, halsa, laege, tandlaege, lege, tannlege, helse, fi: laakari, hammaslaakari, terveys, terveysasema
  tr: hastane, doktor, dis hekimi, saglik, klinik, ro: sanatate, spital, hu: orvos, fogorvos, egeszseg, korhaz
  el: υγεια, ιατροσ, οδοντιατροσ, νοσοκομειο, ru: врач, стоматология, медицина, клиника, здоровье, больница
  лікар, здоров'я, he: רופא, רופאים, רופא שיניים, בריאות, מרפאה, בית חולים, אופטיקה, ar: طبيب, مستشفى, عيادة, صحة, اسنان
  ja: 病院, 医院, 歯科, クリニック, 医療, 眼科, zh: 医院, 诊所, 医疗, 牙科, ko: 병원, 의원, 치과, 의료, 안과, 한의원`,
  ],
  [
    ['children'],
    `
  en: child care, childcare, daycare, day care, kindergarten, nursery, preschool, babysitter, nanny, toys, kids
  children, school fees, after school, school lunch, de: kita, kinderkrippe, hort, spielwaren, spielzeug, kinder
  kinderbetreuung, tagesmutter, elternbeitrag, kindertages*, kindergarten*, fr: creche, enfants, garderie, nounou
  jouets, assistante maternelle, pajemploi, cantine scolaire, es: guarderia, hijos, ninos, jugueteria, juguetes
  it: asilo, asilo nido, bambini, figli, giocattoli, mensa scolastica, nl: kinderopvang, kinderen, speelgoed, bso
  pt: creche, criancas, filhos, brinquedos, pl: przedszkole, zlobek, dzieci, zabawki, cs: skolka, deti, hracky
  sv: forskola, forskoleavgift, barn, fritids, leksaker, bornehave, vuggestue, barnehage, sfo, fi: paivakoti, lapset
  varhaiskasvatus, lelut, tr: kres, anaokulu, cocuk, oyuncak, ro: gradinita, copii, jucarii, hu: ovoda, bolcsode
  gyerek, el: παιδικοσ σταθμοσ, παιδια, παιχνιδια, ru: детский сад, дети, игрушки, няня, дитячий
  he: גן ילדים, צהרון, ילדים, צעצועים, מעון, חוגים, ar: حضانة, اطفال, العاب اطفال, ja: 保育園, 保育料, 幼稚園, 学童, 育児, 玩具
  zh: 幼儿园, 托儿, 母婴, 玩具, ko: 유치원, 어린이집, 육아, 완구`,
  ],
  [
    ['education'],
    `
  en: tuition, university, college, school, education, student loan, student fees, course fee, tutoring, academy
  driving school, de: schule, universitaet, hochschule, studium, semesterbeitrag, studentenwerk, studierendenwerk
  fahrschule, nachhilfe, bildung, schulgeld, *schule, fr: ecole, universite, scolarite, frais de scolarite, crous
  auto ecole, lycee, es: colegio, universidad, educacion, matricula, academia, autoescuela, escuela, it: scuola
  universita, istruzione, tasse universitarie, autoscuola, nl: onderwijs, collegegeld, universiteit, opleiding
  pt: escola, faculdade, universidade, educacao, propinas, mensalidade escolar, pl: szkola, uczelnia, czesne
  edukacja, uniwersytet, cs: skola, univerzita, vzdelavani, skolne, sv: utbildning, universitet, uddannelse, koulu
  yliopisto, koulutus, tr: okul, universite, egitim, dershane, ro: scoala, universitate, educatie, hu: iskola, egyetem
  oktatas, tandij, el: εκπαιδευση, σχολειο, φροντιστηριο, ru: образование, обучение, университет, школа, освіта
  he: לימודים, אוניברסיטה, שכר לימוד, חינוך, בית ספר, מכללה, ar: مدرسة, جامعة, تعليم, رسوم دراسية, ja: 教育, 学費, 授業料, 大学
  学習塾, zh: 学费, 教育, 大学, 培训班, ko: 학원, 교육, 등록금, 대학교, 학비`,
  ],
  [
    ['sports'],
    `
  en: gym, fitness, sport, sports, yoga, pilates, swimming, golf, golf club, ski pass, tennis, leisure centre
  crossfit, bowling, climbing, sporting goods, martial arts, de: sportverein, fitnessstudio, schwimmbad, kletterhalle
  turnverein, skipass, *sportverein, fitness*, fr: salle de sport, piscine, club de sport, es: gimnasio, deporte
  deportes, polideportivo, it: palestra, piscina, nl: sportschool, zwembad, voetbalclub, pt: academia de ginastica
  ginasio, esporte, pl: silownia, basen, cs: posilovna, bazen, sv: traning, idrott, gymkort, traening, trening
  fi: kuntosali, urheilu, liikunta, uimahalli, tr: spor salonu, spor, ro: sala fitness, hu: edzoterem, uszoda
  el: γυμναστηριο, ru: фитнес, спорт, спортзал, бассейн, he: חדר כושר, ספורט, כושר, בריכה, ar: نادي رياضي, رياضة, جيم
  ja: スポーツ, フィットネス, ジム, ゴルフ, ヨガ, zh: 健身, 体育, 运动, ko: 헬스, 스포츠, 피트니스, 골프, 필라테스, 요가`,
  ],
  [
    ['entertainment'],
    `
  en: cinema, movie, movies, theatre, theater, concert, museum, zoo, tickets, entertainment, leisure, amusement
  theme park, nightclub, hobby, hobbies, festival, recreation, de: kino, theater, museum, konzert, freizeit
  tierpark, eintritt, philharmonie, unterhaltung, freizeitpark, *theater, *museum, *kino, fr: loisirs, musee
  spectacle, sortie, billetterie, es: cine, ocio, teatro, museo, concierto, entradas, it: divertimento, svago
  tempo libero, nl: bioscoop, pretpark, uitjes, vrije tijd, pt: lazer, ingresso, pl: rozrywka, teatr, muzeum, kultura
  cs: zabava, divadlo, muzeum, kultura, sv: bio, noje, biograf, fritid, underholdning, fi: elokuvat, teatteri
  viihde, huvi, harrastukset, tr: sinema, eglence, tiyatro, ro: divertisment, timp liber, hu: mozi, szinhaz
  szorakozas, el: σινεμα, διασκεδαση, ψυχαγωγια, ru: кинотеатр, кино, театр, развлечения, розваги, he: קולנוע, בילויים, בידור, הצגה
  תרבות, ar: سينما, ترفيه, مسرح, ja: 映画, 娯楽, 趣味, 遊園地, 美術館, zh: 电影, 娱乐, 影城, 门票, ko: 영화, 문화생활, 오락, 공연`,
  ],
  [
    ['books'],
    `
  book, books, bookstore, bookshop, newspaper, magazine, news stand, newsagent, buch, buecher, buchhandlung, zeitung
  zeitschriften, buch*, *zeitung, librairie, livres, journaux, presse, maison de la presse, libreria, libro, libros
  revistas, prensa, libri, giornali, edicola, boeken, boekhandel, krant, livraria, livros, jornais, ksiazki, ksiegarnia
  prasa, knihy, knihkupectvi, bocker, bokhandel, tidning, boger, boghandel, avis abonnement, kirjat, kirjakauppa, lehti
  kitap, kitabevi, carti, librarie, konyv, konyvesbolt, βιβλια, книги, книжный, газеты, ספרים, עיתון, مكتبة, كتب, 書籍, 書店, 新聞
  图书, 书店, 报刊, 도서, 서점, 신문`,
  ],
  [
    ['games'],
    'video games, videospiele, jeux video, videojuegos, videogiochi, videogames, gry komputerowe, videospel, игры, משחקי מחשב, ゲーム, 游戏, 게임',
  ],
  [
    ['gambling'],
    'casino, lotto, lottery, lotterie, loterie, loteria, lotteria, gambling, betting, wettbuero, scommesse, apuestas, spielbank, lottery tickets, totalizator, лотерея, הימורים, 宝くじ, 彩票, 복권',
  ],
  [
    ['pets'],
    `
  pet, pets, pet food, veterinary, veterinarian, animal hospital, animal clinic, vet clinic, dog grooming, tierarzt
  tierbedarf, haustier, tierhandlung, futter, hundesteuer, tier*, *tierarzt, veterinaire, animaux, animalerie
  veterinario, mascota, mascotas, veterinaria, animali domestici, toelettatura, dierenarts, huisdier, animais, petshop
  weterynarz, zwierzeta, veterinar, zvirata, husdjur, veterinaer, dyrlege, dyrlaege, kaeledyr, kjaeledyr, elainlaakari
  lemmikki, lemmikit, evcil hayvan, veteriner, allatorvos, κτηνιατροσ, ветеринар, зоомагазин, питомцы, וטרינר, חיות מחמד
  بيطري, حيوانات, ペット, 動物病院, 宠物, 반려동물, 동물병원`,
  ],
  [
    ['gifts'],
    `
  gift, gifts, present, presents, geschenk, geschenke, blumen, florist, flowers, flower shop, *geschenk, cadeau, cadeaux
  fleuriste, regalo, regalos, floristeria, regali, fiorista, cadeaus, bloemen, presentes, prendas, floricultura, prezent
  prezenty, kwiaciarnia, kwiaty, darky, kvetiny, presenter, gaver, blommor, blomster, lahjat, hediye, cicek, cadouri, flori
  ajandek, virag, δωρα, подарки, подарок, цветы, подарунки, מתנה, מתנות, פרחים, هدية, هدايا, ギフト, プレゼント, 贈答, 礼物, 鲜花, 红包
  선물, 꽃집, 경조사`,
  ],
  [
    ['donations'],
    `
  donation, charity, charitable, church, tithe, offering, foundation?, spende, spenden, kirche, *spende, kollekte
  fondation?, dons, eglise, donativo, donacion, iglesia, donazione, beneficenza, parrocchia, chiesa, donatie, goede doelen
  kerk, doacao, doacoes, dizimo, igreja, darowizna, dobroczynnosc, parafia, dary, cirkev, gava, kyrka, donationer, kirke
  lahjoitus, lahjoitukset, bagis, sadaka, donatie, donatii, adomany, δωρεα, пожертвование, благотворительность, храм
  תרומה, תרומות, צדקה, בית כנסת, تبرع, صدقة, زكاة, 寄付, ふるさと納税, 捐款, 慈善, 기부, 후원, 헌금, 교회`,
  ],
  [
    ['membership'],
    `
  membership, dues, union dues, club fee, association fee, professional body, mitgliedsbeitrag, verein, vereinsbeitrag
  gewerkschaft, mitgliedschaft, kammerbeitrag, *verein, e v?, adhesion, association, cotisation syndicale, syndicat
  cuota socio, afiliacion, colegio profesional, quota associativa, associazione, contributie, lidmaatschap, vakbond
  quota, associacao, skladka czlonkowska, stowarzyszenie, clensky prispevek, medlemsavgift, fackforening, forening
  kontingent, fagforening, jasenmaksu, uyelik, aidat, cotizatie, tagdij, συνδρομη μελουσ, членский взнос, профсоюз
  דמי חבר, רסומי חבר, اشتراك عضوية, 会費, 会员费, 회비, 협회`,
  ],
  [
    ['fuel'],
    `
  en: fuel, petrol, gas station, gasoline, diesel, auto gas, car gas, petroleum, charging station, ev charging
  de: tanken, tankstelle, benzin, kraftstoff, sprit, treibstoff, *tankstelle, ladestation, ladestrom, fr: carburant
  essence, station service, gazole, es: gasolina, gasolinera, combustible, carburante, estacion de servicio, e s
  it: benzina, carburante, carburanti, distributore, nl: brandstof, benzine, tankstation, pt: combustivel, gasolina
  posto de combustivel, gasoleo, auto posto, pl: paliwo, stacja paliw, benzyna, cs: pohonne hmoty, cerpaci stanice
  sv: bensin, drivmedel, brandstof, drivstoff, tankning, fi: polttoaine, bensa, bensiini, huoltoasema, tr: akaryakit
  benzin istasyonu, yakit, ro: combustibil, carburant, hu: uzemanyag, toltoallomas, el: βενζινη, καυσιμα, πρατηριο
  ru: азс, бензин, топливо, заправка, гсм, паливо, пальне, he: דלק, תחנת דלק, תדלוק, ar: وقود, بنزين, محطة وقود
  ja: ガソリン, 給油, ガソリンスタンド, zh: 加油, 加油站, 油费, 汽油, ko: 주유, 주유소, 유류비, 충전소`,
  ],
  [
    ['public-transport'],
    `
  en: public transport, transit, bus, buses, subway train, subway fare, metro, tram, commute, bus ticket, ferry
  de: nahverkehr, oepnv, monatskarte, verkehrsbetriebe, jobticket, fahrkarte, fahrkarten, *ticket?, verkehrs*
  fr: transport en commun, transports, titre de transport, autobus, es: transporte publico, autobus, tranvia, abono transporte
  it: trasporti, trasporto pubblico, mezzi pubblici, nl: openbaar vervoer, ov, pt: transporte publico, onibus, passe
  autocarro, pl: komunikacja miejska, bilet, bilety, autobus, cs: jizdenka, mhd, doprava, sv: kollektivtrafik, buss
  lokaltrafik, kollektivtransport, fi: joukkoliikenne, bussi, tr: toplu tasima, otobus, ulasim, ro: transport public
  autobuz, hu: tomegkozlekedes, berlet, kozlekedes, el: συγκοινωνιεσ, ru: транспорт, проезд, автобус, метро, he: תחבורה ציבורית
  תחבורה, אוטובוס, ar: مواصلات, حافلة, ja: 交通費, 地下鉄, バス, 定期券, 電車, 旅費交通費, zh: 公交, 交通费, 交通, 轨道交通
  ko: 교통비, 대중교통, 버스, 지하철, 교통카드, 교통`,
  ],
  [
    ['taxi'],
    'taxi, cab, cabs, rideshare, ride share, minicab, taxi*, vtc, taxis, remise, taksowka, taksi, taxa, drosje, ταξι, такси, таксі, מונית, מוניות, تاكسي, タクシー, 出租车, 打车, 택시',
  ],
  [
    ['train'],
    'train, trains, rail, railway, railways, bahn, zug, zugticket, bahnfahrt, bahnticket, billet train, chemin de fer, tren, trenes, treno, ferrovie, trein, comboio, pociag, bilet kolejowy, vlak, tag resor, togbillett, juna, vonat, τρενο, поезд, жд билеты, רכבת, قطار, 鉄道, 火车, 高铁, 铁路, 기차',
  ],
  [
    ['flight', 'travel'],
    'flight, flights, airline, airlines, airways, airfare, air ticket, airport, flug, fluege, flugticket, flughafen, avion, vol avion, compagnie aerienne, billet avion, vuelo, vuelos, aerolineas, volo, voli, vliegticket, vliegtickets, passagem aerea, passagens aereas, voo, lot bilet, letenka, letenky, flyg, flygbiljett, fly billet, flybillett, lento liput, ucak bileti, bilet avion, repulojegy, αεροπορικα, авиабилеты, авиабилет, авиакомпания, טיסה, טיסות, طيران, تذاكر طيران, 航空, 航空券, 机票, 机场, 항공, 항공권',
  ],
  [
    ['travel'],
    `
  en: hotel, hotels, motel, hostel, resort, inn & suites, travel, lodging, vacation, holiday, holidays, travel agency
  cruise, accommodation, bed & breakfast, guest house, campground, trip, de: reise, reisen, urlaub, reisebuero
  uebernachtung, ferienwohnung, reisekosten, pension garni, *hotel, *reisen, reise*, fr: voyage, voyages, vacances
  hebergement, deplacements, gite, camping, agence de voyage, es: viaje, viajes, vacaciones, hostal, alojamiento
  agencia de viajes, dietas, it: albergo, viaggio, viaggi, vacanze, agriturismo, trasferte, nl: vakantie, reizen, reis
  reiskosten, verblijf, pt: viagem, viagens, ferias, pousada, hospedagem, hoteis, pl: podroze, wakacje, noclegi, nocleg
  delegacje, cs: dovolena, cestovani, ubytovani, cestovne, sv: resor, semester, hotell, rejser, ferie, reiser
  fi: matka, matkat, lomamatka, hotelli, majoitus, matkakulut, tr: otel, seyahat, tatil, konaklama, ro: calatorii
  vacanta, cazare, deplasari, hu: utazas, szallas, szalloda, nyaralas, el: ταξιδια, ξενοδοχειο, διακοπεσ
  ru: отель, гостиница, путешествия, отпуск, командировка, командировочные, подорожі, готель, he: מלון, חופשה, נסיעות, צימר
  ar: فندق, فنادق, سفر, رحلات, ja: ホテル, 旅行, 宿泊, 旅館, 出張, zh: 酒店, 旅行, 旅游, 宾馆, 差旅, ko: 호텔, 여행, 숙박, 펜션, 출장`,
  ],
  [
    ['parking'],
    `
  parking, toll, tolls, car park, garage rent, parkhaus, parken, parkgebuehr, parkschein, parkplatz, stellplatz
  garagenmiete, maut, vignette, *parkhaus, *maut, parkticket, stationnement, peage, autoroute, aparcamiento, peaje
  peajes, estacionamiento, autopista, parcheggio, pedaggio, pedaggi, parkeren, parkeergarage, tol, estacionamento
  portagem, portagens, pedagio, parkowanie, autostrada, parkovani, dalnicni znamka, parkering, trangselskatt, bompenger
  pysakointi, otopark, kopru gecis, parcare, parkolas, autopalya, παρκινγκ, διοδια, парковка, חניה, חניון, כביש אגרה
  مواقف, رسوم طرق, 駐車場, 高速道路, 有料道路, 停车, 过路费, 高速费, 주차, 주차장, 통행료, 하이패스`,
  ],
  [
    ['car-repair'],
    `
  en: car repair, auto repair, auto parts, auto service, car wash, carwash, tyres, tires, tire, mechanic, oil change, mot
  smog check, car service, car maintenance, auto maintenance, vehicle maintenance, car parts, auto body, collision center
  de: autowerkstatt, kfz werkstatt, autohaus, reifen, waschanlage, autowaesche, waschstrasse, hauptuntersuchung
  kfz reparatur, autoreparatur, kfz kosten, inspektion, reifen*, *werkstatt, fr: garage auto, garagiste, pneus
  controle technique, lavage auto, entretien voiture, reparation auto, entretien vehicule, es: taller, neumaticos, itv
  lavado coche, reparacion coche, it: officina, gommista, autofficina, autolavaggio, revisione auto, carrozzeria
  nl: autogarage, garagebedrijf, banden, autowasstraat, apk, auto onderhoud, pt: oficina, pneus, manutencao do carro
  lava jato, mecanica, pl: warsztat, opony, myjnia, mechanik, cs: autoservis, pneuservis, pneu, myti auta, sv: bilverkstad
  dack, bilvard, besiktning, bilvask, bilservice, dekk, autovaerksted, fi: autohuolto, renkaat, katsastus, autokorjaamo
  tr: oto servis, lastik, oto yikama, ro: service auto, anvelope, hu: autoszerviz, gumiszerviz, automoso, el: συνεργειο
  ru: автосервис, сто, шиномонтаж, автомойка, автозапчасти, ремонт авто, техосмотр, he: מוסך, טסט לרכב, שטיפת רכב, צמיגים
  תיקוני רכב, ar: صيانة سيارات, غسيل سيارات, اطارات, قطع غيار, ja: 車検, 洗車, 自動車整備, タイヤ, 車両費, zh: 汽车维修, 洗车, 汽修, 轮胎
  ko: 세차, 정비, 카센터, 타이어, 차량유지비`,
  ],
  [
    ['car-rental'],
    `
  car rental, rent a car, car hire, car lease, vehicle lease, car leasing, lease car, car sharing, carsharing
  mietwagen, autovermietung, kfz leasing, leasing*, leasingrate, location voiture, location vehicule, loa voiture
  alquiler de coches, alquiler coche, renting, autonoleggio, noleggio auto, autoverhuur, private lease, aluguel de carro
  rent a car, wynajem samochodu, autopujcovna, hyrbil, biluthyrning, billeje, leiebil, autovuokraamo, arac kiralama
  inchirieri auto, autokolcsonzo, каршеринг, прокат авто, השכרת רכב, ליסינג, تاجير سيارات, レンタカー, カーリース, 租车, 렌터카, 리스료`,
  ],
  [
    ['car-insurance', 'insurance'],
    `
  car insurance, auto insurance, vehicle insurance, motor insurance, kfz versicherung, autoversicherung
  auto versicherung, kfz haftpflicht, assurance auto, assurance voiture, seguro coche, seguro de coche, seguro auto
  seguro do carro, assicurazione auto, rc auto, autoverzekering, seguro automovel, ubezpieczenie samochodu
  ubezpieczenie oc, oc ac, povinne ruceni, bilforsakring, bilforsikring, autovakuutus, kasko, trafik sigortasi
  asigurare auto, kgfb, осаго, каско, ביטוח רכב, ביטוח חובה, تامين سيارة, 自動車保険, 车险, 자동차보험`,
  ],
  [
    ['fines'],
    'fine, fines, penalty charge, parking fine, speeding ticket, traffic violation, bussgeld, strafzettel, verwarnungsgeld, busse, amende, antai, multa, multas, multe, sanzione, sanzioni, boete, boetes, cjib, coima, mandat karny, mandaty, pokuta, boter, parkeringsbot, bode, sakko, ceza, amenda, birsag, προστιμο, штраф, штрафы, קנס, קנסות, דוח חניה, غرامة, مخالفات, 罰金, 罚款, 과태료, 벌금',
  ],
  [
    ['rent'],
    `
  en: rent, rental payment, apartments, apartment rent, letting agent, lettings, office rent, landlord
  property management, de: miete, mietzahlung, warmmiete, kaltmiete, raumkosten, hausverwaltung, pacht, bueromiete
  nebenkosten, hausgeld, wohnungsbau, wohnungsgenossenschaft, wohnungsbaugesellschaft, miet*, *miete, vonovia
  deutsche wohnen, fr: loyer, loyers, location immobiliere, locations immobilieres, foncia, charges locatives, hlm
  charges de copropriete, copropriete, es: alquiler, arrendamiento, arrendamientos, comunidad de propietarios
  comunidad vecinos, it: affitto, affitti, canone locazione, locazione, condominio, spese condominiali
  nl: huur, huurpenningen, woningcorporatie, vve, servicekosten, huur*, *huur, pt: aluguel, aluguer, renda casa
  renda, arrendamento, pl: czynsz, najem, wynajem, oplata za mieszkanie, wspolnota mieszkaniowa, cs: najem, najemne
  sv: hyra, lokalhyra, bostadsratt, hyresavi, hyres*, *hyra, husleje, leje, felleskostnader, husleie, boligleje
  fi: vuokra, vastike, yhtiovastike, *vuokra, tr: kira odemesi, kira bedeli, ev kirasi, kirasi, isyeri kirasi, konut kira
  site aidati, ro: chirie, intretinere, hu: lakber, berleti dij, kozos koltseg, el: ενοικιο, κοινοχρηστα, ru: аренда
  арендная плата, квартплата, жкх, оренда, he: שכר דירה, שכירות, ועד בית, דמי שכירות, שכד, ar: ايجار, الايجار
  ja: 家賃, 地代家賃, 賃料, 管理費, 賃貸, zh: 房租, 租金, 租赁费, 物业费, 物业, ko: 월세, 임대료, 관리비, 임차료`,
  ],
  [
    ['mortgage', 'loan'],
    `
  mortgage, home loan, mortgage payment, housing loan, hypothek, baufinanzierung, immobilienkredit, baudarlehen
  hypotheken*, pret immobilier, pret immo, echeance pret habitat, pret habitat, hipoteca, cuota hipoteca
  prestamo hipotecario, mutuo, rata mutuo, hypotheek, hypotheek*, credito habitacao, prestacao casa, financiamento imobiliario
  kredyt hipoteczny, hipoteka, hypoteka, bolan, bolagslan, realkredit, boliglan, asuntolaina, konut kredisi, mortgage kredi
  credit ipotecar, lakashitel, στεγαστικο, ипотека, іпотека, משכנתא, تمويل عقاري, رهن عقاري, 住宅ローン, 房贷, 住房贷款, 주택담보, 주담대`,
  ],
  [
    ['electricity'],
    `
  en: electricity, electric, electric bill, power bill, energy, power & light, electric co, de: strom, stromabschlag
  stromkosten, energie, stadtwerke, stadtwerk*, *stadtwerke, strom*, *strom, *energie, fr: electricite, energie
  es: electricidad, luz, recibo luz, energia, suministro electrico, it: elettricita, luce, energia elettrica, bolletta luce
  nl: elektriciteit, stroom, energierekening, pt: eletricidade, energia eletrica, conta de luz, energia, luz
  pl: prad, energia elektryczna, cs: elektrina, energie, sv: elrakning, elnat, elhandel, elavgift, elkraft, elregning, stromregning
  nettleie, fi: sahko, sahkolasku, sahkolaitos, tr: elektrik, elektrik faturasi, ro: energie electrica, curent electric
  electricitate, hu: aram, villany, villanyszamla, energia, el: ηλεκτρικο ρευμα, ρευμα, ru: электроэнергия, электричество
  свет, энергосбыт, електроенергія, he: חשמל, ar: كهرباء, ja: 電気, 電気代, 電力, デンキ, デンリヨク, 水道光熱費
  zh: 电费, 电力, 水电费, 水电, ko: 전기요금, 전기, 전기세, 전력비`,
  ],
  [
    ['heating'],
    `
  en: gas?, natural gas, gas bill, heating, heating oil, propane, de: gas?, heizung, heizkosten, fernwaerme, heizoel
  erdgas, gasabschlag, gasversorgung, stadtwerke, stadtwerk*, *stadtwerke, *waerme, fr: gaz, chauffage, fioul, es: calefaccion, gasoleo calefaccion
  it: riscaldamento, metano, gas metano, nl: stadsverwarming, verwarming, warmte, pt: gas natural, gas encanado, pl: ogrzewanie, gaz
  cs: plyn, topeni, teplo, sv: fjarrvarme, uppvarmning, fjernvarme, varme, fi: lammitys, kaukolampo, tr: dogalgaz, dogal gaz, isinma
  ro: gaze, gaze naturale, incalzire, caldura, hu: gazszamla, futes, tavho, el: θερμανση, φυσικο αεριο, ru: отопление
  теплосеть, газоснабжение, газ, опалення, he: גז, הסקה, ar: غاز, تدفئة, ja: ガス, ガス代, 灯油, 暖房, zh: 燃气, 燃气费, 天然气, 煤气, 取暖费
  ko: 가스, 도시가스, 난방비, 가스요금`,
  ],
  [
    ['water'],
    `
  en: water, water bill, sewer, sewage, water & sewer, water dept, de: wasser, abwasser, wasserwerke, stadtwerke, *wasser
  stadtwerk*, *stadtwerke, wasser*, zweckverband, fr: eau, eaux, facture eau, assainissement, regie des eaux, es: agua, recibo agua
  aguas, it: acqua, bolletta acqua, acquedotto, nl: waterschap, waterbedrijf, drinkwater, pt: conta de agua, saneamento
  pl: woda, wodociagi, scieki, cs: voda, vodne, vodovody, sv: vatten, va avgift, vand, vandvaerk, fi: vesi, vesimaksu, vesilaitos
  tr: su faturasi, su idaresi, ro: apa, apa canal, hu: viz, vizdij, vizmuvek, el: νερο, υδρευση, ru: вода, водоснабжение
  he: מים, תאגיד מים, ar: مياه, ja: 水道, 水道代, スイドウ, 上下水道, zh: 水费, 自来水, ko: 수도, 수도요금, 상하수도`,
  ],
  [
    ['waste'],
    'waste, garbage, trash, rubbish, refuse collection, recycling, muell, abfall, abfallgebuehren, muellabfuhr, muell*, abfall*, ordures, teom, dechets, basura, residuos, rifiuti, tari, tassa rifiuti, afvalstoffenheffing, afval, lixo, residuos, smieci, odpady, wywoz smieci, sophamtning, renhallning, renovation, renovasjon, jatehuolto, cop vergisi, gunoi, salubritate, szemetszallitas, вывоз мусора, אשפה, نفايات, ゴミ, 垃圾费, 쓰레기, 폐기물',
  ],
  [
    ['internet', 'mobile'],
    `
  internet, broadband, wifi, cable tv, fiber, fibre, fibre internet, dsl, glasfaser, kabelanschluss, fibra, fibra optica
  banda larga, internet kabel, kabel internet, bredband, bredband*, laajakaista, internetes, ιντερνετ
  интернет, інтернет, אינטרנט, انترنت, インターネット, プロバイダ, 光回線, 通信費, 网费, 宽带费, 인터넷, 통신비`,
  ],
  [
    ['mobile', 'internet'],
    `
  mobile, mobile phone, cell phone, cellphone, cellular, phone bill, phone, telephone, telecom, telecommunications, wireless
  telephone expense, sim card, mobilfunk, handy, telefon, telefonkosten, telekommunikation, festnetz, handyvertrag, telefon*
  telephonie, forfait mobile, telephone mobile, telecommunications, telefono, telefonia, telefonia movil, movil, recarga celular
  cellulare, ricarica telefonica, telefonia mobile, telefoon, mobiel, telefonie, telemovel, celular, telecomunicacoes
  telefon komorkowy, telefony, uslugi telekomunikacyjne, mobilabonnemang, telefoni, mobil, mobilabonnement, matkapuhelin, puhelin
  puhelinlasku, cep telefonu, telefon faturasi, telefonie mobila, mobiltelefon, κινητο, τηλεφωνια, τηλεφωνο, мобильная связь
  связь, телефон, мобільний, טלפון, סלולר, סלולרי, תקשורת, هاتف, جوال, موبايل, 携帯, 携帯電話, 電話, ケイタイ, 话费, 电话费, 手机, 휴대폰, 통신요금, 전화`,
  ],
  [
    ['streaming'],
    'streaming, tv license, music streaming, streamingdienste, television, abonnement tv, abonnements streaming, suscripciones, abbonamenti, subscription, abonnements, abonnement, abos, assinaturas, subskrypcje, predplatne, abonnemang, prenumeration, suoratoisto, tilaukset, abonelik, abonamente, elofizetes, συνδρομεσ, подписка, подписки, підписки, מנוי, מנויים, טלוויזיה, اشتراك, اشتراكات, サブスク, 動画配信, 会员, 订阅, 구독, 구독료, nhk受信料, 방송수신료',
  ],
  [
    ['health-insurance', 'insurance'],
    `
  health insurance, medical insurance, dental insurance, krankenversicherung, krankenkasse, pflegeversicherung, zusatzversicherung
  *krankenkasse, kranken*, mutuelle, complementaire sante, assurance maladie, assurance sante, seguro medico, seguro de salud
  seguro salud, assicurazione sanitaria, zorgverzekering, zorgpremie, zorgverzekeraar, plano de saude, seguro de saude
  ubezpieczenie zdrowotne, zdravotni pojisteni, sjukforsakring, sygesikring, saglik sigortasi, asigurare sanatate
  egeszsegbiztositas, дмс, медицинское страхование, ביטוח בריאות, קופת חולים, تامين صحي, 健康保険, 医療保険, 医疗保险, 건강보험, 의료보험`,
  ],
  [
    ['insurance'],
    `
  en: insurance, assurance, insurance premium, life insurance, home insurance, renters insurance, liability insurance
  de: versicherung, haftpflicht, hausratversicherung, rechtsschutz, berufsunfaehigkeit, lebensversicherung, *versicherung
  versicherung*, *versicherungen, fr: assurances, assurance habitation, assurance vie, cotisation assurance, es: seguro
  seguros, poliza, aseguradora, it: assicurazione, assicurazioni, polizza, nl: verzekering, verzekeringen, *verzekering
  *verzekeringen, pt: seguradora, seguro de vida, pl: ubezpieczenie, ubezpieczenia, polisa, cs: pojisteni, pojistovna, pojistne
  pojistka, sv: forsakring, *forsakring, forsikring, *forsikring, fi: vakuutus, vakuutukset, *vakuutus, tr: sigorta, sigortasi
  police primi, ro: asigurare, asigurari, hu: biztositas, biztosito, el: ασφαλεια, ασφαλιστρα, ru: страхование, страховка
  страховая, страхування, he: ביטוח, ביטוחים, חברה לביטוח, ar: تامين, ja: 保険, 保険料, 生命保険, zh: 保险, 保费, ko: 보험, 보험료`,
  ],
  [
    ['repairs'],
    `
  en: repair, repairs, maintenance, plumber, plumbing, electrician, handyman, roofing, hvac, contractor, locksmith
  home repair, painter & decorator, de: reparatur, reparaturen, instandhaltung, wartung, handwerker, installateur, sanitaer
  elektriker, dachdecker, schornsteinfeger, renovierung, *reparatur, *wartung, fr: entretien et reparations, reparation
  plombier, plomberie, electricien, travaux, maintenance, serrurier, chauffagiste, es: reparacion, reparaciones, fontanero
  mantenimiento, reformas, electricista, cerrajero, it: riparazione, riparazioni, manutenzione, idraulico, elettricista
  nl: reparatie, onderhoud, loodgieter, verbouwing, schilder, pt: reparos, manutencao, reparacao, conservacao e reparacao
  encanador, canalizador, pl: naprawa, naprawy, remont, remonty, hydraulik, konserwacja, cs: oprava, opravy, udrzba, instalater
  sv: reparation, underhall, rormokare, vedligeholdelse, vedlikehold, rorlegger, vvs, haandvaerker, fi: korjaus, korjaukset
  huolto, remontti, kunnossapito, tr: tamir, tamirat, bakim onarim, bakim, tesisat, tadilat, ro: reparatii, intretinere si reparatii
  hu: javitas, karbantartas, felujitas, el: επισκευεσ, συντηρηση, υδραυλικοσ, ru: ремонт, обслуживание, сантехник, техобслуживание
  he: תיקונים, תחזוקה, שיפוצים, אינסטלטור, חשמלאי, אחזקה, ar: صيانة, اصلاح, سباك, ja: 修繕費, 修理, 修繕, リフォーム, zh: 维修, 修理, 装修, 维修费
  ko: 수리, 수선비, 유지보수, 수선`,
  ],
  [
    ['cleaning'],
    'cleaning, cleaners, cleaning service, laundry, dry cleaning, dry cleaners, laundromat, janitorial, reinigung, gebaeudereinigung, waescherei, textilreinigung, putzfrau, *reinigung, nettoyage, pressing, laverie, femme de menage, limpieza, tintoreria, lavanderia, pulizia, pulizie, schoonmaak, wasserij, stomerij, glazenwasser, limpeza, faxina, sprzatanie, pralnia, uklid, cistirna, stadning, kemtvatt, rengoring, renhold, siivous, pesula, temizlik, kuru temizleme, curatenie, takaritas, καθαρισμοσ, καθαριστηριο, уборка, клининг, химчистка, прачечная, ניקיון, ניקוי יבש, מכבסה, تنظيف, مغسلة, クリーニング, 清掃, 保洁, 干洗, 洗衣, 청소, 세탁',
  ],
  [
    ['security'],
    'security service, alarm, alarm system, cctv, security guard, wachdienst, bewachung, alarmanlage, sicherheitsdienst, gardiennage, telesurveillance, vigilancia, seguridad privada, vigilanza, beveiliging, ochrona, vaktbolag, vartiointi, guvenlik, охрана, שמירה, אבטחה, حراسة, 警備, 安保, 경비, 보안',
  ],
];
