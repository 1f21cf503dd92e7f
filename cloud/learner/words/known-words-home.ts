import type { KnownWords } from './known-words-index.ts';

/** What the way and the home cost, as bank texts and books call it. */
export const homeWords: KnownWords = [
  [
    ['fuel'],
    `
  carburant, carburante, gasolina, brandstof, drivstoff, bensiini, en: fuel, petrol, gas station
  gasoline*, diesel, auto gas, car gas, charging station, ev charging, de: tanken, benzin
  kraftstoff, sprit, *tankstelle, ladestation, fr: essence, gazole, es: combusti*
  estacion de servicio, e s, it: benzin*, carburanti, nl: tankstation, pt: gasoleo, pl: paliwo
  stacja paliw, cs: pohonne hmoty, sv: bensin, fi: polttoaine, bensa, tr: akaryakit, hu: uzemanyag
  el: βενζινη, ru: азс, бензин, he: דלק, תדלוק, ar: وقود, ja: ガソリン, 給油, zh: 加油, ko: 주유`,
  ],
  [
    ['public-transport'],
    `
  autobus, en: public transport, transit, bus, buses, metro, tram, commute, ferry, de: nahverkehr
  oepnv, monatskarte, fahrkarte*, *ticket?, verkehrs*, fr: transport en commun, transports
  es: tranvia, it: trasporti, nl: openbaar vervoer, ov, pt: onibus, passe, pl: bilet, cs: jizdenka
  sv: kollektivtrafik, buss, fi: joukkoliikenne, bussi, tr: otobus, hu: tomegkozlekedes
  el: συγκοινωνιεσ, ru: транспорт, проезд, he: תחבורה, אוטובוס, ar: مواصلات, ja: 地下鉄, バス, zh: 公交
  交通, ko: 버스, 지하철`,
  ],
  [
    ['taxi'],
    `
  cab, cabs, rideshare, ride share, taxi*, vtc, taksowka, taksi, taxa, drosje, ταξι, такси, מונית
  تاكسي, タクシー, 出租车, 택시`,
  ],
  [
    ['train'],
    `
  train, rail, railway, bahn, bahnticket, tren, treno, ferrovie, trein, comboio, pociag, vlak
  juna, vonat, τρενο, поезд, רכבת, قطار, 鉄道, 火车, 高铁`,
  ],
  [
    ['flight', 'travel'],
    `
  flight, airline, airways, airfare, airport, flug, fluege, flugticket, flughafen, avion, vuelo
  aerolineas, volo, voli, vliegticket, voo, letenk*, flyg, ucak bileti, repulojegy, αεροπορικα
  авиабилет*, טיסה, טיסות, طيران, 航空, 机票, 항공`,
  ],
  [
    ['travel'],
    `
  camping, nocleg, ubytovani, ferie, hotell, hotelli, szallas, en: motel, hostel, resort
  inn & suites, travel, lodging, vacation, holiday, cruise, accommodation, de: urlaub
  uebernachtung, ferienwohnung, pension garni, *hotel, *reisen, reise*, fr: voyage, vacances, gite
  es: viaje, vacaciones, hostal, it: albergo, viaggio, viaggi, nl: vakantie, reizen, pt: viagem
  viagens, pl: podroze, wakacje, cs: dovolena, sv: resor, fi: matka, matkat, tr: otel, seyahat
  ro: calatorii, hu: utazas, el: ταξιδια, ru: отель, гостиница, he: מלון, חופשה, ar: فندق, ja: ホテル
  宿泊, zh: 酒店, 旅游, ko: 호텔, 여행`,
  ],
  [
    ['parking'],
    `
  parking, toll, car park, parken, parkplatz, stellplatz, garagenmiete, vignette, *parkhaus, *maut
  parkticket, stationnement, peage, autoroute, aparcamiento, peaje, estacionam*, autopista
  parcheggio, pedaggi*, parkeren, parkering, tol, portagem, portagens, pedagio, parkowanie
  autostrada, parkovani, bompenger, pysakointi, otopark, parcare, parkolas, παρκινγκ, διοδια
  парковка, חניה, חניון, مواقف, 駐車場, 高速道路, 停车, 过路费, 주차, 하이패스`,
  ],
  [
    ['car-repair'],
    `
  pneu, carrozzeria, inspektion, bilservice, en: car repair, auto repair, auto parts, auto service
  car wash, carwash, tyres, tire, mechanic, oil change, de: autohaus, waschanlage, autowaesche
  waschstrasse, hauptuntersuchung, kfz reparatur, autoreparatur, kfz kosten, reifen*, *werkstatt
  fr: garage auto, garagiste, controle technique, lavage auto, entretien voiture, es: taller
  neumaticos, itv, lavado coche, it: officina, gommista, autofficina, autolavaggio, nl: autogarage
  garagebedrijf, banden, pt: oficina, manutencao do carro, lava jato, pl: warsztat, opony
  cs: autoservis, sv: bilverkstad, dack, fi: autohuolto, renkaat, tr: oto servis, lastik
  ro: service auto, hu: autoszerviz, el: συνεργειο, ru: автосервис, сто, he: מוסך, טסט לרכב
  ar: صيانة سيارات, ja: 車検, 洗車, zh: 汽车维修, 洗车, ko: 세차, 정비`,
  ],
  [
    ['car-rental'],
    `
  autovermietung, car rental, car hire, car leasing, car sharing, carsharing, mietwagen
  kfz leasing, leasing*, location voiture, alquiler de coches, renting, autonoleggio
  noleggio auto, private lease, hyrbil, leiebil, каршеринг, השכרת רכב, ליסינג, レンタカー, 租车, 렌터카`,
  ],
  [
    ['car-insurance', 'insurance'],
    `
  car insurance, auto insurance, kfz versicherung, autoversicherung, auto versicherung
  kfz haftpflicht, assurance auto, seguro coche, seguro de coche, assicurazione auto, rc auto
  autoverzekering, ubezpieczenie oc, povinne ruceni, bilforsakring, bilforsikring, autovakuutus
  kasko, trafik sigortasi, осаго, каско, ביטוח רכב, ביטוח חובה, تامين سيارة, 自動車保険, 车险, 자동차보험`,
  ],
  [
    ['fines'],
    `
  fines, penalty charge, parking fine, bussgeld, strafzettel, amende, antai, multa, multe
  sanzion*, boete, cjib, mandaty, pokuta, sakko, ceza, amenda, birsag, προστιμο, штраф, штрафы
  קנס, קנסות, غرامة, 罰金, 罚款, 벌금`,
  ],
  [
    ['rent'],
    `
  najem, husleie, husleje, copropriete, vonovia, en: rent, apartments, lettings, office rent
  landlord, property management, de: raumkosten, hausverwaltung, pacht, nebenkosten, hausgeld
  wohnungsbau, wohnungsgenossenschaft, miet*, *miete, fr: loyer, location immobiliere, foncia
  charges locatives, hlm, es: alquiler, arrendamiento, comunidad de propietarios, it: affitt*
  locazione, condominio, nl: vve, huur*, *huur, pt: alugue*, renda, pl: czynsz, wynajem
  cs: najemne, sv: hyres*, *hyra, fi: vastike, *vuokra, tr: kira odemesi, kira bedeli, ro: chirie
  hu: lakber, el: ενοικιο, ru: аренда, he: שכר דירה, שכירות, ar: ايجار, ja: 家賃, 賃料, zh: 房租, 租金
  ko: 월세, 임대료`,
  ],
  [
    ['mortgage', 'loan'],
    `
  mortgage, home loan, housing loan, hypothek, baufinanzierung, hypotheken*, pret immobilier
  echeance pret immobilier, echeance pret immo, pret immo, pret habitat, hipote*, mutuo
  hypotheek*, kredyt hipoteczny, hypoteka, bolan, boliglan, asuntolaina, konut kredisi, lakashitel
  στεγαστικο, ипотека, іпотека, משכנתא, تمويل عقاري, 住宅ローン, 房贷, 주택담보`,
  ],
  [
    ['electricity'],
    `
  luz?, recibo luz, energia, elavgift, en: electric*, power bill, energy, de: stadtwerk*
  *stadtwerke, strom, stromabschlag, stromkosten, stromrechnung, oekostrom, allgemeinstrom
  *energie, it: elettricita, luce, nl: elektriciteit, stroom, pt: eletricidade, pl: prad
  cs: elektrina, sv: elrakning, elnat, fi: sahko, tr: elektrik, hu: aram, el: ρευμα
  ru: электроэнергия, электричество, he: חשמל, ar: كهرباء, ja: 電気, デンキ, 電力, zh: 电费, 电力, ko: 전기`,
  ],
  [
    ['heating'],
    `
  gaz, teplo, varme, en: natural gas, gas bill, heating, propane, de: heizung, heizkosten, heizoel
  erdgas, stadtwerk*, *stadtwerke, *waerme, fr: chauffage, fioul, es: calefaccion
  it: riscaldamento, metano, nl: verwarming, warmte, pt: gas encanado, pl: ogrzewanie, cs: plyn
  sv: fjarrvarme, fi: lammitys, kaukolampo, tr: dogalgaz, isinma, ro: gaze, hu: gazszamla
  el: θερμανση, ru: отопление, he: גז, הסקה, ar: غاز, ja: ガス, 灯油, zh: 燃气, 天然气, ko: 가스, 난방비`,
  ],
  [
    ['water'],
    `
  vand, en: water, sewer, sewage, de: *wasser, stadtwerk*, *stadtwerke, wasserwerk*, wassergeld
  wasserverband, zweckverband, fr: eau, eaux, assainissement, es: agua, it: acqua, nl: waterschap
  pt: saneamento, pl: woda, wodociagi, cs: voda, sv: vatten, fi: vesi, tr: su faturasi, su idaresi
  ro: apa, hu: viz, el: νερο, ru: вода, водоснабжение, he: מים, ar: مياه, ja: 水道, スイドウ, zh: 水费
  自来水, ko: 수도`,
  ],
  [
    ['waste'],
    `
  waste, garbage, trash, rubbish, recycling, muellabfuhr, muellgebuehr, restmuell, abfall*, teom
  dechets, basura, rifiuti, tari, afval, lixo, smieci, odpady, sophamtning, renovasjon, jatehuolto
  gunoi, szemetszallitas, вывоз мусора, אשפה, نفايات, ゴミ, 垃圾费, 쓰레기, 폐기물`,
  ],
  [
    ['internet', 'mobile'],
    `
  internet?, broadband, wifi, cable tv, fiber, fibre, dsl, glasfaser, fibra, banda larga
  bredband*, laajakaista, ιντερνετ, интернет, інтернет, אינטרנט, انترنت, インターネット, 通信費, 宽带费, 인터넷
  통신비`,
  ],
  [
    ['mobile', 'internet'],
    `
  mobile?, cellphone, cellular*, phone?, telephon*, telecom, wireless, mobilfunk, handy
  telekommunikation, telefon*, movil, telefoon, mobiel, telemovel, celular, telecomunicacoes
  mobil, matkapuhelin, puhelin, κινητο, τηλεφων*, связь, телефон, мобільний, טלפון, סלולר, סלולרי
  תקשורת, هاتف, جوال, موبايل, 携帯, 電話, 话费, 手机, 휴대폰, 전화`,
  ],
  [
    ['streaming'],
    `
  streaming, television, suscripciones, abbonamenti, subscription, abonnem*, abos, assinaturas
  subskrypcje, prenumeration, suoratoisto, abonamente, συνδρομεσ, подписк*, מנוי, מנויים, טלוויזיה
  اشتراك, サブスク, 会员, 订阅, 구독, nhk受信料`,
  ],
  [
    ['health-insurance', 'insurance'],
    `
  zorgverzekering, health insurance, medical insurance, krankenversicherung, pflegeversicherung
  *krankenkasse, kranken*, mutuelle, assurance maladie, seguro medico, seguro de salud
  assicurazione sanitaria, zorgverzeker*, plano de saude, sygesikring, дмс, ביטוח בריאות
  קופת חולים, تامين صحي, 健康保険, 医疗保险, 건강보험`,
  ],
  [
    ['insurance'],
    `
  polisa, biztosito, en: insurance, assurance, de: haftpflicht, rechtsschutz, berufsunfaehigkeit
  *versicherung, versicherung*, *versicherungen, es: seguro, poliza, aseguradora
  it: assicurazion*, polizza, nl: *verzekering, *verzekeringen, pt: seguradora, pl: ubezpieczeni*
  cs: pojisteni, sv: *forsakring, *forsikring, fi: vakuutukset, *vakuutus, tr: sigorta*
  ro: asigurare, hu: biztositas, el: ασφαλεια, ru: страхов*, he: ביטוח, ביטוחים, ar: تامين, ja: 保険
  zh: 保险, 保费, ko: 보험`,
  ],
  [
    ['repairs'],
    `
  maintenance, repairs, reparation, remont, renovierung, bakim, en: repair, renovation, plumber
  plumbing, electrician, electricien, handyman, roofing, hvac, contractor, locksmith
  de: reparaturen, instandhaltung, handwerker, sanitaer, elektriker, *reparatur, *wartung
  fr: plombier, plomberie, travaux, es: reparacion, fontanero, mantenimiento, it: riparazion*
  manutenzione, idraulico, nl: reparatie, onderhoud, loodgieter, pt: reparos, manutencao
  reparacao, pl: napraw*, cs: oprava, sv: underhall, fi: korjau*, tr: tamir, ro: reparatii
  hu: javitas, el: επισκευεσ, ru: ремонт, обслуживание, he: תיקונים, תחזוקה, ar: صيانة, ja: 修繕
  リフォーム, zh: 维修, 装修, ko: 수리, 유지보수`,
  ],
  [
    ['cleaning'],
    `
  cleaning, cleaners, laundr*, waescherei, putzfrau, *reinigung, nettoyage, pressing, laverie
  limpieza, lavanderia, pulizi*, schoonmaak, wasserij, limpeza, sprzatanie, uklid, stadning
  rengoring, renhold, siivous, temizlik, curatenie, takaritas, καθαρισμοσ, уборка, химчистка
  ניקיון, מכבסה, تنظيف, クリーニング, 清掃, 保洁, 청소`,
  ],
  [
    ['security'],
    `
  security service, alarm, cctv, wachdienst, alarmanlage, gardiennage, vigilan*, beveiliging
  ochrona, guvenlik, охрана, אבטחה, حراسة, 警備, 경비`,
  ],
];
