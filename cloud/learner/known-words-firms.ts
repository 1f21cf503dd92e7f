import type { KnownWords } from './known-words-index.ts';

// A name that is also a usual word or a surname stands only with a second word: "penny markt", not "penny".
/** Firms, offices and services behind the bills of a home or a business. */
export const firms: KnownWords = [
  [
    ['travel'],
    `
  booking com, airbnb, expedia, hotels com, agoda, vrbo, priceline, tripadvisor, lastminute
  edreams, opodo, marriott, hilton, hyatt, holiday inn, ihg, best western, hampton inn, wyndham
  sheraton, radisson, premier inn, travelodge, novotel, ibis hotel, hotel ibis, accor, mercure
  motel one, nh hotel, b & b hotel, hostelworld, jugendherberge, scandic, center parcs, landal
  campanile, pierre et vacances, tui, tui deutschland, club med, getyourguide, decolar
  makemytrip, goibibo, oyo rooms, островок, aviasales, авиасейлс, איסתא, 携程, 去哪儿, 飞猪, 야놀자
  trip com, etstur, itaka, melia hotel`,
  ],
  [
    ['parking'],
    `
  parkmobile, spothero, paybyphone, ringgo, justpark, ncp, apcoa, contipark, easypark, parkster
  q park, indigo park, park indigo, effia, interparking, telpark, saba aparcamientos, e zpass
  ezpass, fastrak, sunpass, dartcharge, dart charge, eflow, telepass, autostrade, aprr, sanef
  vinci autoroutes, ulys, bip go, asfinag, via verde, sem parar, fastag, autopistas, brobizz
  autopass, hgs, ogs, פנגו, כביש 6, pango, سالك`,
  ],
  [
    ['car-repair'],
    `
  autozone, jiffy lube, o reilly auto, advance auto, firestone, midas, discount tire, valvoline
  kwik fit, halfords, halfords autocentre, ats euromaster, a t u, atu auto, pit stop, carglass
  autoteile, kfzteile24, euromaster, norauto, feu vert, midas france, belron, autodoc, dekra
  tuev sued, tuev nord, tuev rheinland, tuev, bosch car service, imo car wash, オートバックス`,
  ],
  [
    ['car-rental'],
    `
  hertz, avis rent, avis budget, enterprise rent, budget rent, sixt, europcar, alamo rent
  national car, thrifty car, zipcar, turo, share now, car 2 go, miles mobility, free 2 move
  getaround, enterprise car, localiza, movida, goldcar, leaseplan, arval, ayvens, яндекс драйв
  шלדן, eldan, אלדן, שלמה סיקסט, 쏘카`,
  ],
  [
    ['electricity', 'heating'],
    `
  us: con edison, coned, con ed of ny, pg & e, pacific gas, pge, duke energy, dominion energy
  national grid, comed, pseg, xcel energy, southern california edison, sce, fpl, florida power
  georgia power, entergy, dte energy, consumers energy, ameren, reliant energy, txu energy
  aps electric, hydro one, bc hydro, hydro quebec, eversource, firstenergy
  uk: british gas, edf energy, octopus energy, ovo energy, scottish power, scottishpower
  e on next, eon next, sse energy, utilita, utility warehouse, shell energy, good energy
  electric ireland, bord gais, sse airtricity
  de: e on, vattenfall, enbw, rwe, ewe, mainova, rheinenergie, swm versorgungs, swm, lichtblick
  yello strom, naturstrom, eprimo, entega, tibber, enercity, gasag, goldgas, ewz, wien energie
  ekz, bkw
  fr: edf, engie, totalenergies electricite, totalenergies electr, total direct energie
  ekwateur, enercoop
  be: luminus, electrabel, fluvius, eneco, essent, greenchoice, vandebron, budget energie
  es: iberdrola, endesa, naturgy, gas natural, holaluz, repsol luz, edp, galp energia
  it: enel energia, enel, servizio elettrico, a 2 a, hera comm, edison energia, sorgenia
  acea energia, eni plenitude, plenitude
  br: cemig, enel distribuicao, light servicos, cpfl, copel, eletropaulo, comgas
  pl: pge obrot, tauron, energa, innogy, pgnig, cez prodej, cez, pre prazska
  sv: fortum, ellevio, oersted, orsted, norlys
  nb: fjordkraft, hafslund, elvia, tibber norge, lyse, helen oy, caruna
  tr: enerjisa, igdas, electrica furnizare, hidroelectrica, mvm, δεη, ηρων
  ru: мосэнергосбыт, петроэлектросбыт, энергосбыт, газпром межрегионгаз, мосгаз, нафтогаз, yasno
  ясно
  he: חברת החשמל, חברת חשמל, iec electric, פזגז, סופרגז, אמישראגז, supergas, dewa, شركة الكهرباء
  السعودية للكهرباء
  asia: 東京電力, 関西電力, 中部電力, 九州電力, 東京ガス, 大阪ガス, 国家电网, 国网, 한국전력, 한전, 서울도시가스
  in: tata power, bses, adani electricity, bescom, mahadiscom, enea sa, enea s a, verbund ag`,
  ],
  [
    ['water'],
    `
  thames water, severn trent, anglian water, united utilities, yorkshire water, southern water
  wessex water, south east water, scottish water, welsh water, affinity water, american water
  veolia eau, veolia, suez eau, eau de paris, berliner wasser, hamburg wasser, canal de isabel
  aguas de barcelona, aqualia, acea ato, vitens, evides, waternet, brabant water, sabesp, iski
  apa nova, ευδαπ, eydap, мосводоканал, водоканал, מי אביבים, הגיחון, 水道局, 自来水公司
  fovarosi vizmuvek`,
  ],
  [
    ['waste'],
    `
  republic services, waste management, wm com, bsr, stadtreinigung, remondis`,
  ],
  [
    ['mobile', 'internet'],
    `
  us: verizon, vzwrlss, at & t, att bill, att payment, t mobile, tmobile, xfinity mobile
  mint mobile, google fi, cricket wireless, boost mobile, visible wireless, rogers wireless
  telus, fido
  uk: vodafone, ee limited, ee ltd, ee t mobile, o 2, telefonica uk, three mobile, hutchison 3 g
  h 3 g, giffgaff, tesco mobile, lebara, eir mobile, three ireland
  de: telekom deutschland, deutsche telekom, telekom, telefonica germany, congstar, drillisch
  winsim, aldi talk, freenet, mobilcom debitel, klarmobil, simyo, a 1 telekom, magenta telekom
  swisscom, salt mobile, sunrise comm
  fr: sfr, free mobile, orange mobile, orange sa, orange france, bouygues telecom, bouygues tel
  sosh, red by sfr, proximus, orange belgium
  es: movistar, orange espagne, yoigo, masmovil, pepephone, jazztel, euskaltel
  it: tim spa, telecom italia, tim telecom, windtre, wind tre, iliad, fastweb mobile
  nl: kpn, odido, t mobile netherlands, simpel, tele 2, meo, nos comunicacoes, vodafone portugal
  br: vivo, telefonica brasil, claro, tim celular
  pl: polkomtel, play p 4, p 4 sp, orange polska, virgin mobile, o 2 czech
  sv: telia, telenor, tre sverige, hi 3 g, comviq, tdc, yousee, dna oyj, elisa oyj, saunalahti
  tr: turkcell, turk telekom, ttnet, digi rcs, orange romania, yettel, magyar telekom, cosmote
  οτε, wind hellas
  ru: мтс, мегафон, билайн, теле2, yota, киевстар, київстар, lifecell, mts, beeline, kyivstar
  megafon
  he: פלאפון, סלקום, פרטנר, הוט מובייל, גולן טלקום, pelephone, cellcom, partner communications
  golan telecom, hot mobile
  ar: etisalat, stc bill, du telecom, mobily, ooredoo, اتصالات, زين, موبايلي, الاتصالات السعودية
  اورنج
  asia: ドコモ, ソフトバンク, ワイモバイル, docomo, softbank, 中国移动, 中国联通, 中国电信, 에스케이텔레콤, 케이티, 엘지유플러스, 유플러스, skt
  airtel, reliance jio, jio prepaid, jio, bsnl, zain telecom, orange?`,
  ],
  [
    ['internet', 'mobile'],
    `
  comcast, xfinity, spectrum, charter comm, cox comm, centurylink, optimum, verizon fios
  google fiber, starlink, bt group, british telecom, bt broadband, talktalk, virgin media
  plusnet, sky broadband, hyperoptic, eir, virgin media ireland, 1 & 1 telecom, 1 & 1, 1 und 1
  vodafone kabel, unitymedia, netcologne, deutsche glasfaser, upc, free telecom, freebox
  numericable, telenet, ziggo, delta fiber, tiscali, fastweb, claro net, inea, netia
  bredbandsbolaget, altibox, stofa, superonline, rostelecom, ростелеком, дом ру, bezeq, בזק
  הוט טלקום, ケーブルテレビ, 宽带, act fibernet`,
  ],
  [
    ['streaming'],
    `
  netflix, spotify, disney plus, disneyplus, disney +, hulu, hbo max, hbomax, paramount plus
  paramount +, peacock tv, amazon prime, prime video, amzn prime, amazon music, amazon video
  apple music, apple tv, apple com bill, itunes, youtube premium, youtubepremium, google youtube
  youtube tv, youtube, twitch, deezer, tidal music, sky deutschland, sky digital, sky uk, sky tv
  now tv, nowtv, dazn, rtl plus, magenta tv, crunchyroll, sling tv, siriusxm, sirius xm
  soundcloud, canal plus, canal +, bein sports, movistar plus, sky italia, viaplay, videoland
  tv 2 play, hotstar, zee 5, sony liv, кинопоиск, яндекс плюс, okko, storytel, megogo, bookbeat
  アマゾンプライム, ネットフリックス, スポティファイ, dアニメ, nhk, 爱奇艺, 腾讯视频, 哔哩哔哩, 넷플릭스, 티빙, 멜론, נטפליקס, ספוטיפיי
  tv licence, tv licensing, rundfunk ard zdf, ard zdf, beitragsservice, rundfunkbeitrag, gez
  serafe, patreon, onlyfans, substack`,
  ],
  [
    ['software'],
    `
  microsoft, msft, adobe, google cloud, google workspace, google one, aws emea, aws
  amazon web services, azure, digitalocean, hetzner, ovh, ovhcloud, ionos, strato ag, strato
  godaddy, namecheap, cloudflare, github, gitlab, atlassian, jetbrains, slack, zoom us
  zoom video, dropbox, icloud, notion labs, notion so, figma, canva, mailchimp, intuit mailchimp
  hubspot, salesforce, zendesk, intercom, twilio, sendgrid, heroku, vercel, openai, chatgpt
  anthropic, claude ai, 1 password, nordvpn, norton, mcafee, kaspersky, bitdefender, quickbooks
  xero, freshbooks, sage software, datev, lexware, lexoffice, sevdesk, fortnox, visma, e conomic
  moneybird, exact online, pennylane, holded, squarespace, wix com, shopify, wordpress
  automattic, webflow, infomaniak, one com, hostinger, all inkl, host europe, scaleway, sap se
  oracle, docusign, airtable, asana, trello, grammarly, evernote, teamviewer, proton ag, brevo
  google play, apple developer, deepl, autodesk`,
  ],
  [
    ['office'],
    `
  staples, office depot, officemax, viking direct, bureau vallee, otto office, lyreco, アスクル
  viking direkt`,
  ],
  [
    ['health-insurance', 'insurance'],
    `
  aok, barmer, techniker krankenkasse, tk kranken, dak gesundheit, dak, ikk, kkh, knappschaft
  debeka, dkv, hkk, helsana, swica, sanitas kranken, visana, aetna, cigna, humana
  unitedhealthcare, united healthcare, blue cross, bcbs, blue shield, anthem, delta dental
  kaiser foundation, bupa, axa ppp, vitality health, vhi, harmonie mutuelle, mgen
  malakoff humanis, ag 2 r, cpam, malakoff, mutuelle generale, sanitas, adeslas, asisa
  zilveren kruis, vgz, cz groep, menzis, unimed, amil, bradesco saude, sulamerica, vzp, nfz
  מכבי, כללית, מאוחדת, לאומית שירותי, star health`,
  ],
  [
    ['car-insurance', 'insurance'],
    `
  geico, progressive ins, progressive insurance, esurance, direct line, churchill insurance
  hastings direct, hastings insurance, esure, huk coburg, huk 24, da direkt, cosmosdirekt kfz
  verti, adac autoversicherung, direct assurance, linea directa, zurich connect, rca
  admiral insurance, admiral ins`,
  ],
  [
    ['insurance'],
    `
  state farm, allstate, liberty mutual, usaa, nationwide ins, farmers ins, travelers ins
  metlife, prudential ins, lemonade, new york life, aflac, aviva, legal & general, lv insurance
  rsa insurance, zurich insurance, axa, allianz, generali, ergo, gothaer, signal iduna, devk
  provinzial, lvm, r + v, wgv, wuerttembergische, alte leipziger, hdi, arag, roland rechtsschutz
  cosmosdirekt, swiss life, helvetia, die mobiliar, mobiliar, baloise, uniqa, wiener staedtische
  getsafe, maif, macif, maaf, matmut, gmf, groupama, mma iard, pacifica, cardif, cnp assurances
  generali france, axa france, ethias, mapfre, mutua madrilena, ocaso, santalucia, unipolsai
  unipol, cattolica assicurazioni, nationale nederlanden, centraal beheer, ohra, aegon
  allianz direct, fidelidade, ageas, porto seguro, pzu, warta, ergo hestia, kooperativa
  if skadeforsakring, if skadeforsikring, trygg hansa, folksam, lansforsakringar, tryg
  topdanmark, gjensidige, lahitapiola, op vakuutus, anadolu sigorta, aksigorta, росгосстрах
  ингосстрах, согаз, ресо, הראל, הפניקס, מגדל ביטוח, מנורה, lic of india, policybazaar, 日本生命
  第一生命, アフラック, 東京海上, 中国人寿, 中国平安, 삼성생명, 삼성화재, zurich versicherung, zuerich versicherung
  zurich ins, nuernberger leben, nuernberger versicherung`,
  ],
  [
    ['sports'],
    `
  planet fitness, la fitness, 24 hour fitness, anytime fitness, crossfit, equinox, orangetheory
  peloton, gold's gym, ymca, crunch fitness, strava, puregym, pure gym, the gym group
  david lloyd, virgin active, nuffield health, fitness first, mcfit, fitx, john reed
  urban sports, wellpass, basic fit, l orange bleue, fitness park, sats, nordic wellness
  smart fit, gympass, wellhub, multisport, world class, cult fit, decathlon, sportscheck
  intersport, go sport, rei com, dick's sporting, sports direct, xxl sport, エニタイム`,
  ],
  [
    ['entertainment'],
    `
  amc theatres, amc theaters, regal cinemas, cinemark, odeon, cineworld, vue cinemas
  vue entertainment, cinemaxx, uci kinowelt, cineplex, pathe, ugc, gaumont, kinepolis, cinesa
  cinema city, multikino, filmstaden, nordisk film, finnkino, pvr cinemas, ticketmaster
  eventbrite, stubhub, eventim, see tickets, ticketone, fandango, live nation, viagogo
  universal studios, walt disney world, disneyland, six flags, europa park, legoland, bookmyshow
  סינמה סיטי, יס פלאנט, 大麦, 메가박스, 롯데시네마, チケットぴあ`,
  ],
  [
    ['books'],
    `
  barnes & noble, waterstones, wh smith, whsmith, hugendubel, thalia, audible, kindle svcs
  kindle unltd, kobo, medimops, la feltrinelli, feltrinelli, mondadori, bruna boekhandel
  adlibris, bokus, лабиринт, литрес, steimatzky, סטימצקי, 紀伊國屋, 교보문고, 예스24, new york times
  nytimes, washington post, wall street journal, wsj, the guardian, economist, financial times
  ft com, the times, spiegel verlag, zeit verlag, sueddeutsche, handelsblatt, le monde
  le figaro, liberation, el pais, el mundo, corriere della sera, la repubblica, dagens nyheter
  aftenposten, helsingin sanomat, 日本経済新聞, הארץ, faz verlag, faz net`,
  ],
  [
    ['games'],
    `
  steam games, steampowered, steam purchase, playstation, sony interactive, xbox, nintendo
  epic games, blizzard, riot games, roblox, ea games, electronic arts, ubisoft, 任天堂, プレイステーション`,
  ],
  [
    ['gambling'],
    `
  bet 365, draftkings, fanduel, paddy power, betfair, ladbrokes, william hill, sky bet, tipico
  bwin, winamax, betclic, fdj, francaise des jeux, national lottery, sisal, lottomatica
  pokerstars, unibet, svenska spel, danske spil, norsk tipping, veikkaus, iddaa, fonbet
  מפעל הפיס, טוטו`,
  ],
  [
    ['pets'],
    `
  petco, petsmart, chewy, pets at home, fressnapf, zooplus, futterhaus, maxi zoo, tiendanimal
  arcaplanet, banfield`,
  ],
  [
    ['children'],
    `
  toys r us, smyths toys, smyths, mothercare, carters, mytoys, vertbaudet, kindercare
  bright horizons, prenatal, детский мир, שילב, 西松屋`,
  ],
  [
    ['education'],
    `
  udemy, coursera, duolingo, skillshare, linkedin learning, chegg, navient, nelnet, sallie mae
  student loans company, open university, bafoeg, babbel`,
  ],
  [
    ['donations'],
    `
  unicef, red cross, croix rouge, rotes kreuz, croce rossa, oxfam, greenpeace, wwf, amnesty
  save the children, world vision, aerzte ohne grenzen, medecins sans frontieres, msf, caritas
  brot fuer die welt, secours catholique, gofundme, justgiving, betterplace, salvation army
  cancer research, british heart, wikimedia, unhcr, welthungerhilfe, goodwill, wosp, rotary`,
  ],
  [
    ['postage'],
    `
  usps, fedex, ups, dhl, dpd, hermes paket, hermes versand, evri, royal mail, an post
  parcelforce, deutsche post, gls, laposte, la poste, colissimo, chronopost, mondial relay
  correos, seur, poste italiane, postnl, post nl, bpost, ctt, correios, poczta polska, inpost
  ceska posta, packeta, postnord, posti, ptt kargo, yurtici kargo, aras kargo, elta
  почта россии, сдэк, нова пошта, nova poshta, דואר ישראל, israel post, aramex, ヤマト運輸, 佐川急便
  日本郵便, 顺丰, 우체국, cj대한통운, stamps com, sendcloud, pitney bowes, österreichische post
  die schweizerische post, delhivery, blue dart`,
  ],
  [
    ['advertising'],
    `
  google ads, google adwords, facebk ads, facebook ads, facebk, facebook, meta platforms
  meta ads, linkedin ads, linkedin, bing ads, twitter ads, tiktok ads, pinterest ads, vistaprint
  flyeralarm, яндекс директ, yandex direct, immoscout, stepstone, indeed`,
  ],
  [
    ['sales'],
    `
  stripe, sumup payments, sumup auszahlung, square inc, sq payout, adyen, zettle by
  zettle payout, payone, gocardless, shopify payments, shopify payout, worldpay, first data
  global payments, heartland pay, toast inc, klarna payout, telecash, nexi payments, redsys
  pagseguro, rede sa, razorpay, payu, iyzico, przelewy 24, amazon payout, etsy payout
  ebay payout, airbnb payout, upwork, fiverr, vivawallet, viva wallet, tranzila, טרנזילה
  cielo vendas, dojo payments, mollie payments, stichting mollie`,
  ],
  [
    ['shopping'],
    `
  paypal?, pay pal?, klarna?, afterpay?, affirm?, clearpay?, riverty?, ratepay?`,
  ],
  [
    ['cafe', 'restaurant'],
    `
  sumup?, zettle?, sq?`,
  ],
  [
    ['investment', 'savings'],
    `
  vanguard, fidelity, fid bkg, charles schwab, schwab, robinhood, etrade, e trade, td ameritrade
  betterment, wealthfront, acorns, coinbase, binance, kraken, crypto com, bitpanda, etoro
  trading 212, interactive brokers, degiro, trade republic, scalable capital, flatex
  comdirect depot, union investment, deka, dws, hargreaves lansdown, freetrade, moneybox
  vanguard uk, boursorama bourse, bourse direct, myinvestor, avanza, nordnet, saxo bank, saxo
  xtb, zerodha, groww, upstox, xp investimentos, тинькофф инвестиции, финам, מיטב דש
  אלטשולר שחם, sbi証券, 楽天証券, 미래에셋증권, 업비트, 余额宝, mintos`,
  ],
  [
    ['tax'],
    `
  internal revenue service, irs, usataxpymt, irs treas, franchise tax board, hmrc, hm revenue
  revenue commissioners, cra payment, finanzamt, finanzkasse, bundeskasse, hauptzollamt
  steueramt, dgfip, direction generale des finances, dgfip impot, impots gouv, tresor public
  aeat, agencia tributaria, agenzia entrate, agenzia delle entrate, belastingdienst
  receita federal, urzad skarbowy, financni urad, skatteverket, skattestyrelsen, skatteetaten
  verohallinto, gelir idaresi, vergi dairesi, anaf, trezoreria, nav ado, ααδε, aade, фнс, ифнс
  налоговая, казначейство, רשות המסים, מס הכנסה, income tax dept, turbotax, h & r block, taxact
  hacienda?`,
  ],
  [
    ['social-security'],
    `
  urssaf, cotisations urssaf, agirc arrco, msa cotisation, deutsche rentenversicherung
  minijob zentrale, berufsgenossenschaft, vbg, kuenstlersozialkasse, ksk, sva, svs, ahv, suva
  tgss, tesoreria general, seguridad social, inps, inail, zus, zaklad ubezpieczen, cssz
  ceska sprava socialniho, sgk, εφκα, ефка, ביטוח לאומי, bituach leumi, 日本年金機構, 社会保険`,
  ],
  [
    ['benefits'],
    `
  dwp, ssa treas, child benefit, universal credit, jobseeker, familienkasse
  bundesagentur fuer arbeit, jobcenter, kindergeld, elterngeld, wohngeld, pole emploi
  france travail, caf paris, sociale verzekeringsbank, uwv, forsakringskassan
  udbetaling danmark, nav no, kela, fpa kela, unemployment ins, bolsa familia, 실업급여, 児童手当, caf?
  caf de`,
  ],
  [
    ['transfer'],
    `
  zelle?, venmo?, cash app?, cashapp?, revolut?, transferwise?, western union?, moneygram?
  twint?, swish?, mobilepay?, vipps?, bizum?, satispay?, tikkie?, blik?, mbway?, pix?, paytm?
  phonepe?, upi?, сбп?, פייבוקס?, 카카오페이?, 토스?, 支付宝?, 微信支付?, alipay?, wechat pay?, wise payments?`,
  ],
  [
    ['credit-card', 'transfer'],
    `
  american express?, amex epayment, amex?, barclaycard?, capital one?, chase card
  chase credit crd, citi card, discover e payment, discover card, synchrony, mbna
  capital one crcard, kreditkartenabrechnung, isracard, ישראכרט, max it, מקס איט, cal card, כאל
  ויזה כאל, לאומי קארד, advanzia, apple card, gsbank, bank of america credit, wells fargo card
  credit crd epay, credit card epay`,
  ],
  [
    ['loan'],
    `
  sofi lending, lendingclub, cofidis, cetelem, sofinco, santander consumer, teambank, easycredit
  targobank kredit, vw financial, volkswagen bank, bmw bank, mercedes benz bank
  toyota financial, ford credit, honda financial, ally auto, gm financial, findomestic, kfw
  bajaj finance, home credit`,
  ],
  [
    ['mortgage', 'loan'],
    `
  rocket mortgage, quicken loans, freedom mortgage, wells fargo home, bausparkasse
  schwaebisch hall, wuestenrot, lbs bauspar, nationwide mortgage, halifax mortgage
  credit foncier`,
  ],
  [
    ['security'],
    `
  adt, ring com, simplisafe, verisure, securitas, securitas direct, prosegur`,
  ],
  [
    ['wages', 'accounting'],
    `
  adp payroll, adp wage, adp tax, paychex, gusto payroll, gusto net, gusto tax`,
  ],
  [
    ['training'],
    `
  volkshochschule, vhs`,
  ],
  [
    ['membership'],
    `
  adac, aaa membership, aarp, ver di, ig metall, national trust, alpenverein, gewerkschaft`,
  ],
];
