import type { KnownWords } from './known-words-index.ts';

// A name that is a usual word or a surname, too, stands only with a second word: not "admiral".
/** Firms and offices behind the bills of a home or a business. */
export const firms: KnownWords = [
  [
    ['electricity', 'heating'],
    `
  us: con edison, coned, pg & e, pacific gas, duke energy, dominion energy, comed, national grid
  xcel energy, southern california edison, fpl, florida power, dte energy, consumers energy
  hydro quebec, eversource, uk: british gas, edf energy, octopus energy, ovo energy
  scottish power, e on next, sse energy, utility warehouse, ie: electric ireland, bord gais
  de: e on, eon energie, vattenfall, enbw, rwe, ewe, swm, lichtblick, yello strom, naturstrom
  eprimo, tibber, gasag, wien energie, ewz, bkw, fr: edf, engie, totalenergies electr
  total direct energie, be: electrabel, nl: eneco, essent, greenchoice, es: iberdrola, endesa
  naturgy, edp, it: enel, servizio elettrico, a 2 a, acea energia, eni plenitude, br: cemig, cpfl
  pl: pge obrot, tauron, energa, pgnig, cs: cez, sv: fortum, ellevio, orsted, fjordkraft
  tr: enerjisa, hu: mvm, el: δεη, ru: мосэнергосбыт, энергосбыт, нафтогаз, yasno, he: חברת החשמל
  חברת חשמל, פזגז, ar: dewa, شركة الكهرباء, ja: 東京電力, 関西電力, 東京ガス, zh: 国家电网, ko: 한국전력, 한전
  in: tata power, bses`,
  ],
  [
    ['water'],
    `
  thames water, anglian water, veolia, suez eau, canal de isabel, vitens, sabesp, ευδαπ, водоканал
  מי אביבים, 水道局`,
  ],
  [['waste'], 'republic services, waste management, wm com, bsr, stadtreinigung, remondis'],
  [
    ['mobile', 'internet'],
    `
  us: verizon, vzwrlss, at & t, att bill, att payment, t mobile, tmobile, mint mobile
  boost mobile, telus, uk: vodafone, ee limited, ee ltd, o 2, hutchison 3 g, h 3 g, giffgaff
  lebara, de: telekom, telefonica, congstar, freenet, mobilcom debitel, a 1 telekom, swisscom
  sunrise comm, fr: sfr, free mobile, orange?, orange sa, orange france, bouygues tel
  bouygues telecom, proximus, es: movistar, yoigo, digi rcs, it: tim spa, telecom italia, windtre
  wind tre, iliad, nl: kpn, odido, tele 2, pt: nos comunicacoes, br: vivo?, claro, pl: play p 4
  sv: telia, telenor, hi 3 g, tdc, fi: elisa oyj, tr: turkcell, turk telekom, el: cosmote, ru: мтс
  мегафон, билайн, теле2, киевстар, київстар, he: פלאפון, סלקום, פרטנר, הוט מובייל, גולן טלקום
  ar: etisalat, stc bill, اتصالات, زين, ja: ドコモ, ソフトバンク, docomo, softbank, kddi, zh: 中国移动, 中国联通
  中国电信, ko: 에스케이텔레콤, 유플러스, in: airtel, jio`,
  ],
  [
    ['internet', 'mobile'],
    `
  comcast, xfinity, spectrum, charter comm, cox comm, optimum, starlink, google fiber, bt group
  british telecom, bt broadband, talktalk, virgin media, sky broadband, 1 & 1, 1 und 1, unitymedia
  deutsche glasfaser, free telecom, freebox, telenet, ziggo, fastweb, rostelecom, ростелеком
  bezeq, בזק`,
  ],
  [
    ['streaming'],
    `
  netflix, spotify, disney plus, disneyplus, hulu, hbo max, hbomax, paramount plus, amazon prime
  prime video, amzn prime, amazon music, amazon video, apple music, apple tv, apple com bill
  itunes, youtube, youtubepremium, twitch, deezer, sky deutschland, sky digital, sky uk, sky tv
  now tv, dazn, crunchyroll, siriusxm, sirius xm, canal plus, viaplay, hotstar, кинопоиск
  яндекс плюс, patreon, onlyfans, substack, アマゾンプライム, ネットフリックス, スポティファイ, 爱奇艺, 넷플릭스, 멜론
  tv licensing, ard zdf, beitragsservice, rundfunkbeitrag, gez, serafe`,
  ],
  [
    ['software'],
    `
  microsoft, msft, adobe, google cloud, google workspace, google gsuite, google one, google play
  aws, amazon web services, digitalocean, hetzner, ovh, ionos, strato, godaddy, namecheap
  cloudflare, github, gitlab, atlassian, jetbrains, slack, zoom us, dropbox, icloud, notion labs
  figma, canva, mailchimp, hubspot, salesforce, zendesk, twilio, heroku, vercel, openai, chatgpt
  anthropic, claude ai, 1 password, nordvpn, norton, mcafee, kaspersky, quickbooks, xero
  freshbooks, datev, lexware, lexoffice, sevdesk, fortnox, visma, moneybird, exact online
  pennylane, holded, squarespace, wix com, shopify, wordpress, infomaniak, hostinger, scaleway
  docusign, airtable, asana, trello, grammarly, evernote, teamviewer, proton ag, deepl, autodesk`,
  ],
  [['office'], 'staples, office depot, officemax, viking direkt, bureau vallee, lyreco, アスクル'],
  [
    ['health'],
    `
  kaiser permanente, quest diagnostics, labcorp, doctolib, fielmann, apollo optik, specsavers
  medicover, luxmed`,
  ],
  [
    ['health-insurance', 'insurance'],
    `
  aok, barmer, techniker krankenkasse, tk kranken, dak, ikk, debeka, dkv, helsana, aetna, cigna
  unitedhealthcare, united healthcare, blue cross, bcbs, blue shield, anthem, delta dental, bupa
  vhi, harmonie mutuelle, mgen, ag 2 r, cpam, sanitas, adeslas, zilveren kruis, unimed, nfz, מכבי
  מאוחדת`,
  ],
  [
    ['car-insurance', 'insurance'],
    `
  geico, progressive ins, progressive insurance, admiral insurance, direct line
  hastings insurance, huk coburg, huk 24, verti`,
  ],
  [
    ['insurance'],
    `
  state farm, allstate, liberty mutual, usaa, farmers ins, metlife, aflac, aviva, legal & general
  zurich insurance, zurich versicherung, zurich ins, axa, allianz, generali, ergo, gothaer
  signal iduna, devk, provinzial, lvm, hdi, arag, cosmosdirekt, swiss life, helvetia, mobiliar
  baloise, uniqa, wiener staedtische, maif, macif, maaf, matmut, gmf, groupama, mma iard, pacifica
  cardif, cnp assurances, mapfre, mutua madrilena, unipolsai, nationale nederlanden
  centraal beheer, aegon, porto seguro, pzu, if skadeforsakring, trygg hansa, folksam
  lansforsakringar, tryg, gjensidige, росгосстрах, ингосстрах, הראל, הפניקס, מגדל ביטוח
  lic of india, 日本生命, アフラック, 中国平安, 삼성생명`,
  ],
  [
    ['sports'],
    `
  planet fitness, la fitness, 24 hour fitness, equinox, peloton, gold's gym, ymca, strava, puregym
  the gym group, david lloyd, virgin active, mcfit, fitx, john reed, urban sports, wellpass
  basic fit, sats, smart fit, gympass, multisport, world class, decathlon, sportscheck, intersport
  rei com, dick's sporting, sports direct`,
  ],
  [
    ['entertainment'],
    `
  amc theatres, regal cinemas, cinemark, odeon, cineworld, cinemaxx, uci kinowelt, pathe, ugc
  gaumont, cinema city, ticketmaster, eventbrite, stubhub, eventim, fandango, live nation
  disneyland, walt disney world, legoland, bookmyshow, סינמה סיטי, 大麦, 메가박스`,
  ],
  [
    ['books'],
    `
  barnes & noble, waterstones, wh smith, whsmith, hugendubel, thalia, audible, kindle, kobo
  feltrinelli, סטימצקי, 紀伊國屋, 교보문고, new york times, nytimes, washington post, wsj, the guardian
  economist, financial times, spiegel verlag, zeit verlag, faz verlag, sueddeutsche, le monde
  le figaro, corriere della sera, הארץ`,
  ],
  [
    ['games'],
    `
  steam games, steampowered, steam purchase, playstation, xbox, nintendo, epic games, roblox
  ubisoft, 任天堂, プレイステーション`,
  ],
  [
    ['gambling'],
    `
  bet 365, draftkings, fanduel, paddy power, william hill, tipico, bwin, winamax, fdj
  francaise des jeux, pmu, pokerstars, unibet, מפעל הפיס`,
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
  toys r us, smyths, mothercare, mytoys, vertbaudet, kindercare, bright horizons, детский мир
  שילב, 西松屋`,
  ],
  [
    ['education'],
    `
  udemy, coursera, duolingo, skillshare, linkedin learning, navient, nelnet, sallie mae
  open university, bafoeg, babbel`,
  ],
  [
    ['donations'],
    `
  unicef, red cross, croix rouge, cruz roja, rotes kreuz, oxfam, greenpeace, wwf, amnesty
  save the children, aerzte ohne grenzen, medecins sans frontieres, caritas, brot fuer die welt
  gofundme, justgiving, salvation army, wikimedia, unhcr, welthungerhilfe`,
  ],
  [
    ['postage'],
    `
  usps, fedex, ups, dhl, dpd, hermes paket, hermes versand, evri, royal mail, deutsche post, gls
  la poste, laposte, colissimo, chronopost, mondial relay, correos, poste italiane, postnl, bpost
  correios, poczta polska, inpost, packeta, postnord, ptt kargo, почта россии, сдэк, нова пошта
  דואר ישראל, aramex, ヤマト運輸, 佐川急便, 日本郵便, 顺丰, 우체국, stamps com, sendcloud, oesterreichische post`,
  ],
  [
    ['advertising'],
    `
  google ads, google adwords, facebk, facebook, linkedin, bing ads, vistaprint, flyeralarm
  immoscout, stepstone, яндекс директ`,
  ],
  [
    ['sales'],
    `
  stripe, sumup payments, sumup auszahlung, square inc, sq payout, mollie payments
  stichting mollie, adyen, zettle payout, payone, gocardless, shopify payout, worldpay
  global payments, klarna payout, nexi payments, redsys, razorpay, payu, amazon payout
  etsy payout, ebay payout, airbnb payout, upwork, fiverr, טרנזילה`,
  ],
  [
    ['investment', 'savings'],
    `
  vanguard, fidelity, fid bkg, charles schwab, schwab, robinhood, etrade, e trade, ameritrade
  coinbase, binance, kraken, bitpanda, etoro, trading 212, interactive brokers, degiro
  trade republic, scalable capital, flatex, comdirect depot, union investment, deka
  hargreaves lansdown, avanza, nordnet, saxo bank, zerodha, מיטב דש, אלטשולר שחם, sbi証券, 楽天証券, 업비트
  余额宝`,
  ],
  [
    ['tax'],
    `
  internal revenue service, irs, usataxpymt, hmrc, hm revenue, revenue commissioners, finanzamt
  finanzkasse, bundeskasse, dgfip, direction generale des finances, impots gouv, aeat
  agencia tributaria, hacienda?, agenzia entrate, agenzia delle entrate, belastingdienst
  receita federal, urzad skarbowy, skatteverket, verohallinto, vergi dairesi, anaf, фнс, налоговая
  רשות המסים, מס הכנסה, turbotax, h & r block`,
  ],
  [
    ['social-security'],
    `
  urssaf, deutsche rentenversicherung, minijob zentrale, knappschaft, berufsgenossenschaft, ahv
  suva, tgss, seguridad social, inps, zus, sgk, εφκα, ביטוח לאומי, 日本年金機構`,
  ],
  [
    ['benefits'],
    `
  dwp, child benefit, universal credit, familienkasse, bundesagentur fuer arbeit, jobcenter
  wohngeld, pole emploi, france travail, caf?, caf de, sepe, uwv, forsakringskassan, nav no, kela
  bolsa familia`,
  ],
  [
    ['transfer'],
    `
  zelle?, venmo?, cash app?, revolut?, wise payments?, transferwise?, western union?, moneygram?
  twint?, swish?, mobilepay?, vipps?, bizum?, tikkie?, blik?, pix?, paytm?, phonepe?, сбп?, 카카오페이?
  토스?, 支付宝?, 微信支付?, alipay?, paypay?`,
  ],
  [
    ['credit-card', 'transfer'],
    `
  american express?, amex?, barclaycard?, capital one?, chase card?, chase credit crd, citi card?
  discover e payment, discover card?, isracard?, ישראכרט?, מקס איט?, ויזה כאל?, crd epay
  card epay`,
  ],
  [
    ['loan'],
    `
  sofi lending, lendingclub, cofidis, cetelem, santander consumer, easycredit, volkswagen bank
  toyota financial, ford credit, kfw`,
  ],
  [
    ['mortgage', 'loan'],
    `
  rocket mortgage, wells fargo home, bausparkasse, schwaebisch hall, wuestenrot`,
  ],
  [['security'], 'adt, simplisafe, verisure, securitas, prosegur'],
  [['wages', 'accounting'], 'gusto payroll, gusto net, gusto tax, adp payroll, adp wage, paychex'],
  [['training'], 'volkshochschule, vhs'],
  [['membership'], 'adac, aarp, ver di, ig metall, national trust, alpenverein, ihk'],
];
