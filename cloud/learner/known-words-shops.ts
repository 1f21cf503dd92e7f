import type { KnownWords } from './known-words-index.ts';

// A name that is also a usual word or a surname stands only with a second word: "penny markt", not "penny".
/** Shops, restaurants and ways to travel. */
export const shops: KnownWords = [
  [
    ['groceries'],
    `
  us: walmart, wal mart, wm supercenter, kroger, safeway, publix, trader joe's, whole foods
  wholefds, costco whse, costco wholesale, sams club, sam's club, bjs wholesale, albertsons
  h e b, wegmans, food lion, winco, hy vee, ralphs, vons, shoprite, stop & shop, giant eagle
  sprouts farmers, harris teeter, winn dixie, piggly wiggly, instacart, smart & final
  fred meyer, king soopers, jewel osco, fairway market, hannaford, food 4 less, h mart
  save a lot, aldi
  ca: loblaws, sobeys, no frills, metro ontario, real canadian superstore, save on foods
  us: costco
  uk: tesco, sainsbury's, asda, morrisons, waitrose, ocado, m & s food, m & s simply food
  co op food, iceland foods, iceland frozen, coop group food, lidl, spar, budgens, londis
  costcutter
  ie: dunnes stores, dunnes, supervalu, centra
  de: rewe, edeka, kaufland, aldi sued, aldi nord, penny markt, penny sagt, netto marken
  netto sagt, alnatura, denns, tegut, marktkauf, globus sb, hit markt, famila, metro sagt
  metro cash, real sb warenhaus, nahkauf, norma sagt, norma filiale, bio company, basic bio
  flaschenpost
  at: hofer, billa, interspar, eurospar, mpreis, unimarkt, adeg
  ch: migros, coop, denner, volg, manor food, aldi suisse
  fr: carrefour, carrefour market, auchan, leclerc, e leclerc, intermarche, monoprix, franprix
  super u, hyper u, u express, casino supermarche, geant casino, casino shop, picard surgeles
  biocoop, naturalia, grand frais, match supermarche, leader price, simply market, la vie claire
  be: colruyt, delhaize, bio planet
  es: mercadona, eroski, alcampo, hipercor, consum, supermercados dia, dia retail, ahorramas
  bonpreu, condis, gadis, froiz, supersol, hiperdino, carrefour express, caprabo
  it: esselunga, conad, coop alleanza, eurospin, pam panorama, despar, carrefour iper, unicoop
  tigros, iper la grande, md discount, penny market, crai, ipercoop, naturasi
  nl: albert heijn, ah to go, jumbo, dirk vd broek, dirk van den broek, vomar, hoogvliet
  ekoplaza
  pt: pingo doce, continente, minipreco, auchan retail, supermercados continente
  br: pao de acucar, assai, atacadao, extra supermercado, hortifruti, zaffari, supermercado dia
  pl: biedronka, zabka, lewiatan, stokrotka, dino polska, polomarket, carrefour polska
  cs: rohlik, kosik cz, albert hypermarket, albert vam, globus hypermarket, billa cz
  sv: ica, ica supermarket, ica maxi, hemkop, willys, coop konsum, stora coop, city gross
  mathem
  da: foetex, fotex, bilka, rema 1000, meny, superbrugsen, kvickly, dagli brugsen, nemlig
  nb: rema, kiwi, coop extra, coop mega, bunnpris, joker dagligvare
  fi: k market, k supermarket, k citymarket, s market, prisma, alepa, s kaupat
  tr: a 101, bim birlesik, bim, sok market, carrefoursa, macrocenter, getir, file market
  ro: mega image, profi rom, kaufland romania, auchan romania, la doi pasi, freshful, bringo
  hu: cba, coop abc, auchan magyarorszag, prima abc, kifli hu
  el: σκλαβενιτησ, αβ βασιλοπουλοσ, μασουτησ, sklavenitis, ab vassilopoulos, masoutis, my market
  ru: пятерочка, магнит, перекресток, ашан, дикси, вкусвилл, лента, самокат, pyaterochka
  perekrestok, magnit, vkusvill, dixy, азбука вкуса, светофор, окей
  uk: атб, сильпо, сiльпо, сільпо, фора, новус, varus
  he: שופרסל, רמי לוי, יוחננוף, טיב טעם, יינות ביתן, קרפור, חצי חינם, אושר עד, מגה בעיר
  shufersal, rami levy, tiv taam, יש חסד, ויקטורי
  ar: كارفور, بنده, العثيم, التميمي, اسواق عبد الله, panda hyper, tamimi, lulu hyper, spinneys
  choithrams
  in: bigbasket, blinkit, zepto, dmart, avenue supermarts, reliance fresh, grofers
  swiggy instamart
  ja: イオン, セブンイレブン, ローソン, ファミリーマート, イトーヨーカドー, 西友, 成城石井, マルエツ, まいばすけっと, 業務スーパー, ミニストップ
  seven eleven, familymart, lawson
  zh: 永辉, 盒马, 大润发, 沃尔玛, 华润万家, 美宜佳, 物美, 家乐福, 叮咚买菜, 全聯, 便利蜂, 罗森
  ko: 이마트, 롯데마트, 홈플러스, 세븐일레븐, 씨유, 마켓컬리, 코스트코, 하나로마트, 지에스25
  au: woolworths, coles, iga, 7 eleven, circle k
  uk: lulu hypermarket, meijer store, picnic?`,
  ],
  [
    ['cafe'],
    `
  starbucks, costa coffee, caffe nero, pret a manger, dunkin, tim hortons, peet's coffee, greggs
  gail's bakery, blue bottle, dutch bros, krispy kreme, panera bread, insomnia coffee
  de: backwerk, kamps, ditsch, backfactory, baecker kamps, balzac coffee, einstein kaffee
  fr: paul boulangerie, marie blachere, brioche doree, columbus cafe, la mie caline
  ange boulangerie
  pl: green caffe nero, espresso house, wayne's coffee, joe & the juice
  es: granier, faborit
  br: cafe do ponto
  he: ארומה, ארקפה, קפה קפה, רולדין, גרג, aroma espresso
  in: cafe coffee day, chaayos, third wave coffee
  ja: スターバックス, ドトール, タリーズ, コメダ珈琲
  zh: 星巴克, 瑞幸, 喜茶, 奈雪
  ko: 스타벅스, 이디야, 투썸플레이스, 메가커피, 파리바게뜨, 뚜레쥬르, 빽다방
  ru: шоколадница, кофе хауз, cofix, one price coffee, pret?`,
  ],
  [
    ['restaurant'],
    `
  mcdonald's, mc donald's, burger king, kfc, subway, chipotle, taco bell, wendy's, chick fil a
  five guys, pizza hut, dominos, domino's, papa johns, papa john's, panda express, olive garden
  applebees, applebee's, dennys, denny's, ihop, shake shack, in n out, sonic drive in, popeyes
  arbys, dairy queen, outback steakhouse, cheesecake factory, texas roadhouse, cracker barrel
  buffalo wild, jack in the box, whataburger, culvers, jimmy johns, jersey mikes, sweetgreen
  red lobster, tst, nando's, wagamama, pizza express, wetherspoon, jd wetherspoon, itsu
  leon restaurant, yo sushi, harvester, toby carvery, zizzi, prezzo, wasabi sushi, greene king
  supermacs
  de: vapiano, nordsee, l osteria, hans im glueck, block house, dean & david, peter pane
  fr: quick restaurant, flunch, buffalo grill, hippopotamus, courtepaille, la boucherie
  es: telepizza, 100 montaditos, goiko, foster's hollywood, rodilla
  it: old wild west, autogrill
  nl: febo
  br: habibs, giraffas
  se: max burgers
  fi: hesburger, rax buffet
  ru: вкусно и точка, теремок, додо пицца, бургер кинг, ростикс, макдоналдс
  he: מקדונלדס, בורגר קינג, ג'פניקה, בורגראנץ, מוזס, אגאדיר
  ja: マクドナルド, すき家, 吉野家, 松屋, サイゼリヤ, ガスト, モスバーガー, 丸亀製麺, くら寿司, スシロー
  zh: 麦当劳, 肯德基, 海底捞, 必胜客, 真功夫
  ko: 맥도날드, 버거킹, 롯데리아, 맘스터치, 본죽`,
  ],
  [
    ['takeaway', 'restaurant'],
    `
  uber eats, ubereats, doordash, dd doordash, grubhub, postmates, seamless, caviar delivery
  deliveroo, just eat, justeat, takeaway com, lieferando, wolt, foodora, delivery hero, glovo
  foodpanda, thuisbezorgd, pyszne, bolt food, bolt market, yemeksepeti, efood, skip the dishes
  menulog, swiggy, zomato, ifood, rappi, pedidosya, mjam, smood, damejidlo, box gr, talabat
  hungerstation, яндекс еда, yandex eda, деливери клаб, תן ביס, 10 ביס, סיבוס, cibus, וולט
  هنقرستيشن, جاهز, طلبات, 出前館, ウーバーイーツ, 美团外卖, 饿了么, 美团, 배달의민족, 우아한형제들, 요기요, 쿠팡이츠`,
  ],
  [
    ['clothing'],
    `
  h & m, hennes mauritz, hm com, zara, c & a, primark, penneys, zalando, asos, uniqlo
  primark stores, bershka, pull & bear, stradivarius, massimo dutti, mango, next retail
  next directory, tk maxx, tj maxx, tjmaxx, marshalls, ross stores, old navy, gap store
  gap outlet, levi's, nike, adidas, foot locker, victoria's secret, forever 21, shein, vinted
  lululemon, ralph lauren, tommy hilfiger, calvin klein, nordstrom, patagonia, footlocker
  skechers, jd sports, new look, river island, boohoo, about you, peek & cloppenburg
  peek cloppenburg, deichmann, kik textil, takko, ernsting's, bonprix, snipes, jack & jones
  s oliver, new yorker, adler mode, p & c, kiabi, etam, camaieu, la halle, gemo, promod, sezane
  la redoute, cortefiel, desigual, calzedonia, intimissimi, ovs, wibra, lindex, kappahl
  gina tricot, ccc obuwie, sinsay, lc waikiki, koton, riachuelo, myntra, lamoda, спортмастер
  פוקס, קסטרו, רנואר, ユニクロ, しまむら, zozotown, 优衣库, 무신사, 유니클로, 지그재그, burlington stores
  burlington coat, lojas renner`,
  ],
  [
    ['shopping'],
    `
  amazon, amzn, amzn mktp, amazon mktplace, amazon marketplace, amazon payments, amz, ebay, etsy
  aliexpress, temu, wish com, alibaba, target t, target com, target store, walmart com, macys
  macy's, kohls, kohl's, dollar tree, dollar general, family dollar, five below, big lots
  jcpenney, qvc, overstock, argos, john lewis, marks & spencer, marks spencer, m & s, debenhams
  very co uk, b & m, poundland, home bargains, wilko, otto gmbh, otto payments, otto versand
  tchibo, galeria kaufhof, karstadt, woolworth, tedi, kaufland de, baur versand, nkd, euroshop
  manufactum, depot handels, cdiscount, rakuten, veepee, galeries lafayette, bhv marais
  le bon coin, leboncoin, la foir fouille, gifi, el corte ingles, wallapop, bol com, blokker
  hema, kruidvat xenos, xenos, wehkamp, marktplaats, allegro, olx, empik, pepco, flying tiger
  alza, heureka, mall cz, cdon, ahlens, clas ohlson, biltema, jula, rusta, tokmanni, stockmann
  trendyol, hepsiburada, n 11 com, emag, skroutz, public gr, wildberries, вайлдберриз, озон
  ozon, авито, яндекс маркет, розетка, rozetka, пром юа, mercado livre, mercadolivre
  mercado libre, mercadolibre, americanas, magazine luiza, magalu, shopee, lazada, flipkart
  meesho, ajio, jiomart, noon com, souq, نون, אמזון, עלי אקספרס, המשביר, ks p, איביי, アマゾン, 楽天市場
  楽天, メルカリ, ヨドバシ, ダイソー, ドンキホーテ, 無印良品, 淘宝, 天猫, 京东, 拼多多, 唯品会, 名创优品, 쿠팡, 지마켓, 11번가, 네이버페이, 다이소, 옥션
  nl: target?, action?`,
  ],
  [
    ['electronics'],
    `
  best buy, bestbuy, micro center, newegg, b & h photo, currys, media markt, mediamarkt
  saturn electro, saturn online, fnac, darty, boulanger sa, cyberport, notebooksbilliger
  alternate gmbh, conrad electronic, reichelt, coolblue, unieuro, mediaworld, euronics
  elgiganten, elkjop, power norge, verkkokauppa, gigantti, pccomponentes, worten, rtv euro agd
  x kom, komputronik, teknosa, vatan bilgisayar, altex, kotsovolos, plaisio, mvideo, м видео
  dns shop, эльдорадо, ситилинк, фокстрот, croma, reliance digital, jb hi fi, ldlc, back market
  apple store, apple online, gamestop, digitec, galaxus, ksp, מחסני חשמל, באג, ヨドバシカメラ, ビックカメラ
  ヤマダ電機, 苏宁, 하이마트`,
  ],
  [
    ['home-improvement'],
    `
  home depot, lowes, lowe's, ace hardware, menards, harbor freight, tractor supply, b & q
  screwfix, wickes, toolstation, homebase, travis perkins, bunnings, obi bau, obi markt
  obi heimwerker, obi sagt, obi gmbh, bauhaus, hornbach, toom baumarkt, toom, hagebau
  hagebaumarkt, hellweg, globus baumarkt, leroy merlin, castorama, bricomarche, brico depot
  mr bricolage, gamma bouwmarkt, karwei, praxis bouwmarkt, hubo, brico, jumbo baumarkt, byggmax
  silvan, k rauta, praktiker, dedeman, koctas, леруа мерлен, петрович, эпицентр, епіцентр
  הום סנטר, אייס, dehner, jardiland, truffaut, intratuin, obi?`,
  ],
  [
    ['furniture'],
    `
  ikea, wayfair, west elm, pottery barn, crate & barrel, bed bath & beyond, dfs furniture
  dunelm, xxxlutz, xxxl, moebel hoeffner, hoeffner, poco einrichtung, roller gmbh, moemax
  home24, westwing, jysk, daenisches bettenlager, conforama, maisons du monde, kwantum, איקאה
  ニトリ, 宜家, 이케아, 한샘, икеа, ايكيا, homegoods`,
  ],
  [
    ['drugstore'],
    `
  dm drogerie, dm fil, dm drogeriemarkt, rossmann, mueller drogerie, mueller handels, budni
  budnikowsky, bipa, kruidvat, etos, trekpleister, superdrug, boots pharmacy?, boots the chemist
  matas, normal as, watsons, primor, druni, super pharm, סופר פארם, ניו פארם, マツモトキヨシ, ウエルシア
  スギ薬局, ツルハ, 屈臣氏, 올리브영`,
  ],
  [
    ['pharmacy'],
    `
  cvs, cvs pharmacy, walgreens, rite aid, boots, lloydspharmacy, lloyds pharmacy, shop apotheke
  docmorris, medpex, apotal, droga raia, drogaria sao paulo, farmacias similares
  apollo pharmacy, pharmeasy, dr max, sensiblu, apteka ru, apotek hjartat, apoteket, النهدي
  الدواء, nahdi`,
  ],
  [
    ['beauty'],
    `
  sephora, parfumerie douglas, ulta beauty, ulta, yves rocher, nocibe, marionnaud, the body shop
  lush, kiko milano, rituals, notino, l occitane, treatwell, o boticario, nykaa, 丝芙兰, douglas de
  douglas parf`,
  ],
  [
    ['health'],
    `
  kaiser permanente, quest diagnostics, labcorp, doctolib, fielmann, apollo optik
  apollo hospitals, specsavers, vision express, medicover, luxmed, lux med, regina maria
  medlife, lenscrafters`,
  ],
  [
    ['fuel'],
    `
  exxon, exxonmobil, exxon mobil, chevron, shell oil, shell service, shell station, shell
  texaco, conoco, phillips 66, sunoco, valero, marathon petro, arco ampm, speedway, wawa, sheetz
  quiktrip, bucees, buc ee's, casey's general, costco gas, sams fuel, 76 fuel, pilot travel
  petro canada, bp, esso, circle k fuel, sainsbury's petrol, tesco petrol, jet tank, aral
  jet tankstelle, total tank, totalenergies station, totalenergies marketing, total access
  total mkt, agip, avia, omv, orlen, pkn orlen, lotos, tamoil, q 8, tango tank, repsol, cepsa
  galp, petronor, eni station, api ip, station u, okq 8, preem, st 1, circle k sverige, uno x
  teboil, unipetrol, petrom, rompetrol, lukoil, лукойл, лукоил, газпромнефть, газпром нефть
  роснефть, татнефть, окко, wog, укрнафта, opet, petrol ofisi, εκο, ipiranga, petrobras
  posto ipiranga, pemex, indian oil, hp petrol, bharat petroleum, hindustan petroleum, דור אלון
  סונול, דלק מנטה, dor alon, adnoc, enoc, aramco, ادنوك, エネオス, eneos, 出光, 中石化, 中石油, 中国石化, 지에스칼텍스
  칼텍스, ionity, chargepoint, tesla supercharger, fastned, enbw mobility, electrify america
  shell recharge, mol nyrt, mol toltoallomas, neste oil, neste k, תחנת פז, דלק פז`,
  ],
  [
    ['public-transport'],
    `
  mta nyct, mta metrocard, nyct paygo, ventra, metrocard, translink, tfl, tfl travel
  transport for london, stagecoach, arriva, first bus, leap card, dublin bus, bus eireann, bvg
  mvg, mvv, hvv, rmv, vbb, vrr, wiener linien, oebb postbus, zvv, vbz, deutschlandticket, ratp
  navigo, idf mobilites, ile de france mobilites, comutitres, keolis, de lijn, emt madrid, tmb
  metro de madrid, crtm, atm milano, atac, atm spa, gvb, ret rotterdam, htm, ov chipkaart, nlov
  carris, metro lisboa, stcp, ztm, jakdojade, dpp, bkk, stb, hsl, sl stockholm
  storstockholms lokal, rejsekort, ruter, istanbulkart, московский транспорт, мосметро
  метрополитен, רב קו, אגד, דן תחבורה, rav kav, egged, nol card, サイカ, スイカ, パスモ, suica, pasmo
  東京メトロ, 地铁, 티머니, flixbus, greyhound, megabus, blablacar, national express, nextbike, lime ride
  citi bike, velib, clipper card, clipper systems, oyster card, presto card`,
  ],
  [
    ['taxi'],
    `
  uber, uber trip, uber bv, lyft, bolt eu, bolt operations, free now, freenow, mytaxi, cabify
  addison lee, gett, g 7 taxi, heetch, ola cabs, olacabs, gojek, yango, didi, яндекс такси
  яндекс go, yandex taxi, yandex go, убер, uklon, bitaksi, itaksi, careem, كريم, גט טקסי, 滴滴
  카카오택시, 카카오t, cabonline, moia, grab rides, grabtaxi, bolt eu o`,
  ],
  [
    ['train'],
    `
  amtrak, caltrain, lirr, trainline, the trainline, lner, gwr, scotrail, thameslink
  south western railway, irish rail, iarnrod eireann, via rail, eurostar, thalys, deutsche bahn
  db vertrieb, db fernverkehr, db bahn, bahn de, bahncard, oebb, westbahn, sbb, sbb cff, sncf
  ouigo, tgv inoui, sncf connect, oui sncf, sncb, nmbs, renfe, iryo, trenitalia, italo treno
  ntv, trenord, ns groep, ns reizigers, ns international, cp comboios, pkp, pkp intercity
  koleje, ceske drahy, regiojet, leo express, zssk, cfr calatori, sj ab, sj se, vr yhtyma, dsb
  vy no, vygruppen, tcdd, ржд, rzd, укрзализныця, укрзалізниця, irctc, רכבת ישראל
  israel railways, 東海旅客鉄道, 東日本旅客鉄道, 新幹線, 铁路, 코레일, 한국철도공사`,
  ],
  [
    ['flight', 'travel'],
    `
  delta air, united airlines, american airlines, american air, southwest air, southwes, jetblue
  alaska air, air canada, westjet, british airways, easyjet, ryanair, jet 2, virgin atlantic
  wizz air, wizzair, aer lingus, lufthansa, eurowings, condor flug, tuifly, austrian airlines
  swiss intl, air france, transavia, volotea, klm, iberia, vueling, air europa, ita airways
  alitalia, tap air, tap portugal, lot polish, sas scandinavian, scandinavian airlines
  norwegian air, finnair, turkish airlines, turk hava yollari, pegasus hava, pegasus airlines
  sunexpress, aegean air, aeroflot, аэрофлот, s 7 airlines, אל על, qatar airways, saudia
  flydubai, طيران الامارات, السعودية للطيران, indigo air, interglobe aviation, air india
  spicejet, vistara, latam, gol linhas, avianca, aeromexico, qantas, singapore air
  cathay pacific, 全日空, 日本航空, 南方航空, 东方航空, 中国国航, 대한항공, 아시아나, emirates air, emirates airline
  etihad airways, el al israel`,
  ],
];
