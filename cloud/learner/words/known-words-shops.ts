import type { KnownWords } from './known-words-index.ts';

// A name that is a usual word or a surname, too, stands only with a second word: not "penny".
/** Shops, restaurants and ways to travel. */
export const shops: KnownWords = [
  [
    ['groceries'],
    `
  us: walmart, wal mart, wm supercenter, kroger, safeway, publix, trader joe's, whole foods
  wholefds, costco, sams club, sam's club, albertsons, h e b, wegmans, food lion, shoprite
  stop & shop, sprouts farmers, harris teeter, instacart, meijer store, aldi, 7 eleven
  ca: loblaws, sobeys, au: woolworths, coles, uk: tesco, sainsbury's, asda, morrisons, waitrose
  ocado, m & s food, m & s simply food, co op food, iceland foods, lidl, spar, ie: dunnes
  de: rewe, edeka, kaufland, penny markt, penny sagt, netto marken, netto sagt, alnatura
  globus sb, metro sagt, norma sagt, picnic?, at: hofer, billa, interspar, eurospar, ch: migros
  coop, denner, fr: carrefour, auchan, leclerc, intermarche, monoprix, franprix, super u, hyper u
  casino supermarche, geant casino, picard surgeles, biocoop, be: colruyt, es: mercadona, eroski
  alcampo, dia retail, it: esselunga, conad, eurospin, penny market, ipercoop, nl: albert heijn
  ah to go, jumbo, dirk van den broek, pt: pingo doce, continente, br: pao de acucar
  pl: biedronka, zabka, cs: rohlik, albert hypermarket, sv: ica, hemkop, willys, da: fotex, bilka
  rema, meny, nb: kiwi, fi: k market, k supermarket, k citymarket, s market, prisma, tr: a 101
  bim birlesik, bim, carrefoursa, ro: mega image, hu: cba, el: σκλαβενιτησ, ab vassilopoulos
  ru: пятерочка, магнит, перекресток, ашан, дикси, вкусвилл, лента, uk: атб, сільпо, he: שופרסל
  רמי לוי, יוחננוף, טיב טעם, קרפור, shufersal, rami levy, ar: كارفور, بنده, in: bigbasket, dmart
  ja: イオン, セブンイレブン, ローソン, ファミリーマート, zh: 盒马, 沃尔玛, ko: 이마트, 롯데마트, 홈플러스, 세븐일레븐`,
  ],
  [
    ['cafe'],
    `
  starbucks, costa coffee, caffe nero, pret a manger, pret?, dunkin, tim hortons, peet's coffee
  greggs, panera bread, kamps, ditsch, paul boulangerie, espresso house, sq?, sumup?, zettle?
  ארומה, スターバックス, ドトール, 星巴克, 瑞幸, 스타벅스`,
  ],
  [
    ['restaurant'],
    `
  us: mcdonald's, burger king, kfc, subway, chipotle, taco bell, wendy's, chick fil a, five guys
  pizza hut, domino's, papa john's, panda express, olive garden, applebee's, denny's, shake shack
  in n out, cheesecake factory, texas roadhouse, tst, uk: nando's, wagamama, pizza express
  wetherspoon, de: vapiano, nordsee, l osteria, hans im glueck, block house, fr: flunch
  buffalo grill, es: telepizza, it: autogrill, br: habibs, ru: вкусно и точка, макдоналдс
  he: מקדונלדס, בורגר קינג, ja: マクドナルド, すき家, 吉野家, サイゼリヤ, zh: 麦当劳, 肯德基, ko: 맥도날드, 버거킹`,
  ],
  [
    ['takeaway', 'restaurant'],
    `
  uber eats, doordash, grubhub, deliveroo, just eat, takeaway com, lieferando, wolt, delivery hero
  glovo, foodpanda, thuisbezorgd, bolt food, swiggy, zomato, ifood, rappi, talabat, яндекс еда
  תן ביס, 10 ביס, סיבוס, וולט, هنقرستيشن, 出前館, ウーバーイーツ, 美团, 饿了么, 배달의민족`,
  ],
  [
    ['clothing'],
    `
  h & m, zara, c & a, primark, penneys, zalando, asos, uniqlo, bershka, pull & bear, mango
  next retail, next directory, tk maxx, tj maxx, tjmaxx, ross stores, old navy, gap store, levi's
  nike, adidas, foot locker, victoria's secret, forever 21, shein, vinted, lululemon, nordstrom
  burlington stores, new look, about you, peek & cloppenburg, deichmann, kik textil, takko
  bonprix, s oliver, kiabi, la redoute, desigual, ovs, lindex, lc waikiki, спортмастер, פוקס, ユニクロ
  优衣库, 유니클로`,
  ],
  [
    ['shopping'],
    `
  amazon, amzn, amz, ebay, etsy, aliexpress, temu, wish com, alibaba, target?, target com
  target store, target t, macy's, kohl's, dollar tree, dollar general, argos, john lewis
  marks & spencer, m & s, poundland, otto gmbh, otto payments, otto versand, tchibo
  galeria kaufhof, woolworth, action?, cdiscount, rakuten, veepee, leboncoin, el corte ingles
  wallapop, bol com, hema, marktplaats, allegro, olx, pepco, flying tiger, clas ohlson, trendyol
  emag, wildberries, вайлдберриз, озон, ozon, авито, яндекс маркет, розетка, mercado livre
  mercado libre, flipkart, אמזון, עלי אקספרס, アマゾン, 楽天市場, 楽天, メルカリ, ダイソー, ドンキホーテ, 無印良品, 淘宝, 天猫, 京东
  拼多多, 쿠팡, 다이소, paypal?, pay pal?, klarna?, afterpay?, affirm?, clearpay?, riverty?, ratepay?`,
  ],
  [
    ['electronics'],
    `
  best buy, currys, media markt, mediamarkt, saturn electro, saturn online, fnac, darty
  boulanger sa, conrad electronic, coolblue, unieuro, euronics, elgiganten, gigantti
  pccomponentes, worten, мвидео, м видео, back market, apple store, gamestop, galaxus, מחסני חשמל
  ヨドバシ, ビックカメラ, 苏宁`,
  ],
  [
    ['home-improvement'],
    `
  home depot, lowe's, ace hardware, tractor supply, b & q, screwfix, wickes, homebase, bunnings
  obi bau, obi?, bauhaus, hornbach, toom, hagebau, hagebaumarkt, leroy merlin, castorama
  bricomarche, brico depot, gamma bouwmarkt, praxis bouwmarkt, praktiker, леруа мерлен, эпицентр
  הום סנטר`,
  ],
  [
    ['furniture'],
    `
  ikea, wayfair, bed bath & beyond, homegoods, dunelm, xxxlutz, moebel hoeffner, roller gmbh
  westwing, jysk, conforama, maisons du monde, икеа, איקאה, ايكيا, ニトリ, 宜家, 이케아`,
  ],
  [
    ['drugstore'],
    `
  dm drogerie, dm fil, dm drogeriemarkt, rossmann, mueller drogerie, mueller handels, bipa
  kruidvat, superdrug, watsons, super pharm, סופר פארם, マツモトキヨシ, 屈臣氏, 올리브영`,
  ],
  [
    ['pharmacy'],
    `
  cvs, walgreens, rite aid, boots, lloydspharmacy, lloyds pharmacy, shop apotheke, docmorris
  apollo pharmacy, apoteket, النهدي`,
  ],
  [
    ['beauty'],
    `
  sephora, parfumerie douglas, douglas parf, ulta, yves rocher, the body shop, kiko milano
  rituals, treatwell, 丝芙兰`,
  ],
  [
    ['fuel'],
    `
  us: exxon, exxonmobil, chevron, shell, texaco, conoco, phillips 66, sunoco, arco ampm, buc ee's
  casey's general, costco gas, circle k, petro canada, uk: bp, esso, tesco petrol
  sainsbury's petrol, de: aral, jet tank, totalenergies station, total access
  totalenergies marketing, agip, avia, omv, q 8, fr: station u, es: repsol, cepsa, galp
  it: eni station, pl: orlen, lotos, sv: preem, st 1, fi: neste oil, ro: petrom, ru: лукойл
  lukoil, газпромнефть, газпром нефть, роснефть, tr: petrol ofisi, el: εκο, br: ipiranga
  petrobras, mx: pemex, in: indian oil, bharat petroleum, he: תחנת פז, דלק פז, דור אלון, סונול
  ar: adnoc, ja: エネオス, eneos, zh: 中石化, 中石油, 中国石化, ko: 칼텍스, ev: ionity, chargepoint
  tesla supercharger, fastned`,
  ],
  [
    ['public-transport'],
    `
  us: mta nyct, ventra, metrocard, uk: tfl, transport for london, oyster card, stagecoach
  national express, ie: leap card, dublin bus, de: bvg, mvg, mvv, hvv, rmv, deutschlandticket
  wiener linien, flixbus, fr: ratp, navigo, ile de france mobilites, keolis, es: emt madrid
  metro de madrid, it: atm milano, atac, nl: gvb, ov chipkaart, pt: carris, metro lisboa, pl: ztm
  hu: bkk, fi: hsl, sv: sl stockholm, ru: метрополитен, he: רב קו, אגד, ja: スイカ, パスモ, suica, pasmo
  東京メトロ, zh: 地铁, ko: 티머니, greyhound, megabus, blablacar, nextbike, citi bike, velib`,
  ],
  [
    ['taxi'],
    `
  uber, lyft, bolt eu, free now, freenow, cabify, gett, ola cabs, grab rides, yango, didi, careem
  яндекс такси, яндекс go, yandex taxi, גט טקסי, 滴滴, 카카오택시, 카카오t`,
  ],
  [
    ['train'],
    `
  amtrak, lirr, trainline, lner, gwr, south western railway, irish rail, via rail, eurostar
  thalys, deutsche bahn, db vertrieb, db fernverkehr, bahn de, bahncard, oebb, sbb, sncf, ouigo
  tgv inoui, sncb, renfe, trenitalia, italo treno, ntv spa, ns groep, ns reizigers, cp comboios
  pkp, ceske drahy, sj ab, vr yhtyma, dsb, tcdd, ржд, irctc, רכבת ישראל, 旅客鉄道, 新幹線, 铁路, 코레일`,
  ],
  [
    ['flight', 'travel'],
    `
  delta air, united airlines, american air, american airlines, southwest air, jetblue, alaska air
  air canada, british airways, easyjet, ryanair, jet 2, wizz air, lufthansa, eurowings, swiss intl
  air france, transavia, klm, iberia, vueling, tap air, tap portugal, lot polish, sas scandinavian
  norwegian air, finnair, turkish airlines, turk hava yollari, pegasus hava, aeroflot, аэрофлот
  el al israel, אל על, emirates air, qatar airways, طيران الامارات, air india, latam, qantas
  singapore air, 全日空, 日本航空, 南方航空, 东方航空, 대한항공, 아시아나`,
  ],
  [
    ['travel'],
    `
  booking com, airbnb, expedia, hotels com, agoda, vrbo, priceline, tripadvisor, lastminute
  marriott, hilton, hyatt, holiday inn, ihg, best western, sheraton, radisson, premier inn
  travelodge, novotel, ibis hotel, hotel ibis, accor, mercure, motel one, b & b hotel
  jugendherberge, scandic, tui, club med, getyourguide, makemytrip, trip com, aviasales, איסתא
  楽天トラベル, 携程, 야놀자`,
  ],
  [
    ['parking'],
    `
  parkmobile, spothero, paybyphone, ringgo, ncp, apcoa, easypark, q park, indigo park, e zpass
  ezpass, fastrak, sunpass, dartcharge, eflow, telepass, autostrade, aprr, sanef, vinci autoroutes
  asfinag, via verde, sem parar, fastag, פנגו, סלופארק, כביש 6, pango`,
  ],
  [
    ['car-repair'],
    `
  autozone, jiffy lube, o reilly auto, advance auto, firestone, midas, discount tire, kwik fit
  halfords, euromaster, a t u, atu auto, carglass, norauto, kfzteile24, dekra, tuev, オートバックス`,
  ],
  [
    ['car-rental'],
    `
  hertz, avis rent, avis budget, enterprise rent, budget rent, sixt, europcar, alamo rent, zipcar
  turo, share now, localiza, leaseplan, arval, яндекс драйв, אלדן`,
  ],
];
