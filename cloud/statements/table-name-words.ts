/** What a column of a statement may hold. */
export type Meaning =
  | 'bookingDate'
  | 'date'
  | 'valueDate'
  | 'net'
  | 'amount'
  | 'gross'
  | 'debit'
  | 'credit'
  | 'flag'
  | 'fee'
  | 'balance'
  | 'currency'
  | 'originalAmount'
  | 'originalCurrency'
  | 'counterparty'
  | 'debtor'
  | 'creditor'
  | 'counterpartyAccount'
  | 'account'
  | 'text'
  | 'kind'
  | 'reference'
  | 'status'
  | 'quantity';

/**
 * Column names as banks and programs write them, without accents, small words, digits and currencies, in any order of
 * their words; `a/b c` stands for `a c` and `b c`. English, German, French, Spanish, Italian, Dutch, Hebrew, and the
 * commonest of Portuguese, the Nordic languages, Polish, Czech, Hungarian and Russian. A name may have two meanings
 * (Valuta is a day in German, a currency in Dutch): the cells below it decide.
 */
export const names: Readonly<Record<Meaning, string>> = {
  bookingDate: `booking/booked/posting/posted/post/accounting/ledger/process/processed/processing/completed/completion/settlement/settled/clearing/cleared
    date, posted, booked, completed, finished, finished on, completed on, buchungstag,
    buchungsdatum, datum buchung, buchung, verbuchungsdatum, verbucht, gebucht am, date
    comptable/comptabilisation/ecriture, fecha contable/asiento/contabilizacion/registro, data
    contabile/contabilizzazione/registrazione, boekdatum, boekingsdatum, datum boeking, boekingsdag,
    bokforingsdag, bokforingsdatum, bokfort, bogforingsdato, bogfort, bokforingsdato, data
    ksiegowania, datum zauctovani, konyveles datuma, дата обработки операции, תאריך רישום`,
  date: `date, day, datetime, date time, timestamp, created, created on, created at, date created,
    transaction/trans/tran/txn/operation/payment/purchase/started date, transaction datetime, date
    time transaction, datum, tag, transaktionsdatum, umsatzdatum, umsatztag, belegdatum, belegtag,
    kaufdatum, datum uhrzeit, datum zeit, date operation/transaction/mouvement/achat, fecha, fecha
    operacion/movimiento/transaccion/oper, f operacion, f oper, data, data
    operazione/movimento/transazione, transactiedatum, datum transactie, data
    lancamento/movimento/mov, dato, transaktionsdag, transaktionsdato, data operacji/transakcji,
    datum provedeni, tranzakcio datuma, дата операции, дата совершения операции, дата, תאריך, תאריך
    עסקה, תאריך פעולה, תאריך הפעולה`,
  valueDate: `value/valuta/effective/interest date, wertstellung, wertstellungsdatum, wertstellungstag,
    valuta, wert, valutadatum, valutierung, datum valuta, date valeur, valeur, fecha valor, f valor,
    valor, data valuta, data valor, rentedatum, valutadatum, valutadag, rentedato, data waluty,
    ertek nap, erteknap, datum valuty, תאריך ערך, יום ערך, תאריך חיוב, תאריך החיוב`,
  net: `net, net amount, amount net, total amount, nettobetrag, netto, montant net, importe neto,
    importo netto, נטו`,
  amount: `amount, transaction/trans/txn/booked/booking/payment/signed/billing/billed/posted/settlement
    amount, sum, value, transaction value, betrag, umsatz, buchungsbetrag, umsatzbetrag,
    abrechnungsbetrag, betrag kontowahrung, zahlungsbetrag, transaktionsbetrag, montant, montant
    operation/transaction, somme, importe, importe operacion/movimiento, monto, cuantia, valor,
    importo, ammontare, importo operazione/movimento, bedrag, transactiebedrag, bedrag transactie,
    montante, importancia, belob, belopp, belop, kwota, kwota operacji/transakcji, castka, castka
    zauctovana, objem, osszeg, tranzakcio osszege, сумма, сумма операции, סכום, סכום פעולה, סכום
    הפעולה, סכום חיוב, סכום החיוב`,
  gross: `gross, gross amount, brutto, bruttobetrag, montant brut, importo lordo, importe bruto`,
  debit: `debit, debits, dr, ut fra konto, ut av konto, debit/withdrawal/outgoing/debited amount, debit/withdrawal amt, withdrawal,
    withdrawals, paid out, money out, paid out amount, outflow, out, spent, amount out, outgoing,
    expense, expenses, soll, sollbetrag, belastung, belastungen, belastungsbetrag, lastschrift,
    lastschriften, ausgang, ausgange, ausgabe, ausgaben, abgang, montant debit, debit montant,
    sortie, sorties, depense, depenses, retrait, retraits, cargo, cargos, debe, debito, debitos,
    egreso, egresos, gasto, gastos, retiro, retiros, salida, salidas, adeudo, adeudos, importe
    debito, addebito, addebiti, dare, uscita, uscite, importo addebito, af, debet, afschrijving,
    afschrijvingen, uitgaven, obciazenia, חובה, בחובה`,
  credit: `credit, credits, cr, inn pa konto, inn til konto, credit/deposit/incoming/credited amount, credit/deposit amt, deposit,
    deposits, paid in, money in, paid in amount, inflow, in, received, amount in, incoming, income,
    haben, habenbetrag, gutschrift, gutschriften, gutschriftsbetrag, eingang, eingange, einnahme,
    einnahmen, zugang, montant credit, entree, entrees, recette, recettes, versement, versements,
    abono, abonos, haber, credito, creditos, ingreso, ingresos, deposito, depositos, entrada,
    entradas, importe credito, accredito, accrediti, avere, entrata, entrate, importo accredito,
    bij, bijschrijving, bijschrijvingen, inkomsten, uznania, זכות, בזכות`,
  flag: `debit credit, d k, k d, debetas kreditas, dr cr, db cr, credit debit indicator, debit credit indicator, indicator,
    cdtdbtind, cdt dbt ind, direction, sign, soll haben, soll haben kennzeichen, s h, sh, sollhaben,
    vorzeichen, kennzeichen, d c, dc, af bij, debet credit, bij af, sens, signo, segno, dare avere,
    debe haber, cargo abono, type, transaction type, type transaction, bevetel kiadas, umsatztyp, חובה זכות,
    deb cred, money in out, in out, тип, 收支, 收 支, 입출금구분, predznak, smer, smer uhrady, προσημο, προσημο
    ποσου, wn ma, md d`,
  fee: `fee, fees, amount fee, transaction fee, fee amount, total fees, commission, gebuhr, gebuhren,
    entgelt, frais, comision, comisiones, commissione, commissioni, kosten, avgift, poplatek,
    oplata, עמלה`,
  balance: `balance, bal, running bal, running/account/ledger/book/new/current/closing/resulting/net cash balance, balance
    after, balance after transaction, saldo, saldo nach buchung, saldo nach umsatz, kontostand,
    neuer saldo, kontosaldo, solde, solde apres operation, solde comptable, saldo contable, saldo
    resultante, saldo contabile, saldo progressivo, saldo na mutatie/transactie/trn, bokfort saldo,
    saldo po operacji/transakcji, zustatek, egyenleg, остаток, יתרה, היתרה`,
  currency: `currency, curr, ccy, currency code, transaction/account/amount/settlement/billing currency,
    wahrung, waehrung, buchungswahrung, kontowahrung, betrag wahrung, devise, devise compte,
    monnaie, divisa, moneda, moneda cuenta, valuta, munt, muntsoort, waluta, mena, mena uctu,
    devizanem, tranzakcio devizaneme, moeda, валюта, מטבע`,
  originalAmount: `original/foreign/local/converted/transfer amount, amount foreign currency, amount original
    currency, amount currency, foreign currency amount, originalbetrag, ursprungsbetrag, betrag
    fremdwahrung, fremdwahrungsbetrag, betrag originalwahrung, montant devise, montant origine,
    importe divisa, importe original, importo originale, oorspronkelijk bedrag, סכום מקורי, סכום
    עסקה, סכום עסקה מקורי, сумма валюте операции`,
  originalCurrency: `original/foreign/local/converted currency, original amount currency, transfer amount currency,
    originalwahrung, fremdwahrung, devise origine, divisa origen, מטבע מקורי, מטבע עסקה, валюта
    операции`,
  counterparty: `payee, payee name, name, counterparty, counter party,
    counterparty/partner/merchant/beneficiary/recipient name, merchant, partner, beneficiary,
    recipient, vendor, contact, party, other party, payer payee, payee payer, recipient payer,
    beneficiary payer, beneficiary remitter, beguenstigter zahlungspflichtiger, begunstigter
    zahlungspflichtiger, name zahlungsbeteiligter, auftraggeber empfanger, auftraggeber
    beguenstigter, auftraggeber begunstigter, empfanger zahlungspflichtiger, zahlungspartner,
    gegenpartei, partnername, handler, zahlungsbeteiligter, begunstigter, beguenstigter, tiers,
    contrepartie, nom, nom contrepartie, nom tiers, emetteur beneficiaire, commercant, contraparte,
    nombre, ordenante beneficiario, beneficiario ordenante, comercio, controparte, ordinante
    beneficiario, esercente, naam, naam tegenpartij, tegenpartij, naam omschrijving, naam
    tegenrekening, naam begunstigde, partner neve, nazev protiuctu, kontrahent, nadawca odbiorca,
    odbiorca nadawca, shop, store, שם מוטב, מוטב, לטובת, בית עסק, שם בית עסק, שם בית העסק`,
  debtor: `from, from name, payer, debtor, debtor name, source name, auftraggeber, auftraggebername,
    zahlungspflichtiger, zahlungspflichtige, absender, donneur ordre, emetteur, ordenante,
    ordinante, opdrachtgever`,
  creditor: `to, to name, creditor, creditor name, target name, empfanger, empfangername, zahlungsempfanger,
    destinataire, beneficiaire, beneficiario, destinatario, begunstigde, ontvanger`,
  counterpartyAccount: `counterparty/partner/payee/beneficiary/recipient account/iban, counterparty account number,
    account counterparty, kontonummer iban, iban zahlungsbeteiligter, iban empfanger, gegenkonto,
    gegenkonto iban, compte contrepartie, iban contrepartie, cuenta
    beneficiario/destino/contraparte, iban controparte, conto controparte, tegenrekening,
    tegenrekening iban bban, partner szamlaszama, cislo protiuctu, iban, kontonummer, kontonr`,
  account: `account, account name, account number, account no, account id, account iban, own account,
    auftragskonto, iban auftragskonto, auftraggeberkonto, iban auftraggeberkonto, konto,
    kontobezeichnung, eigenes konto, kontonummer, iban, iban bban, compte, numero compte, nom
    compte, cuenta, numero cuenta, conto, numero conto, rekening, rekeningnummer, eigen rekening,
    rekening naam, szamlaszam, cislo uctu, חשבון, מספר חשבון`,
  text: `description, details, detail, transaction details, memo, narrative, narration, particulars,
    reference, label, notes, note, message, purpose, payment reference, payment details, payment
    purpose, remittance information, subject, text, comment, comments, statement description,
    original description, transaction description, additional information, memo description,
    verwendungszweck, vwz, beschreibung, zahlungsgrund, umsatztext, notiz, buchungsdetails,
    mitteilung, mitteilungen, bemerkung, zahlungszweck, transaktionsbeschreibung,
    transaktionsbeschreibung zusatz, vorgang verwendungszweck, buchungsinformation,
    zahlungsreferenz, booking text, avisierungstext, libelle, libelle operation, motif, informations
    complementaires, communication, communications, remarque, objet, concepto, concepto ampliado,
    descripcion, detalle, observaciones, referencia, comentario, informacion adicional, movimiento,
    descrizione, causale, dettagli, descrizione operazione/completa/estesa, omschrijving,
    mededelingen, mededeling, omschrijving transactie, betalingskenmerk, notities, descricao,
    historico, tekst, beskrivelse, beskrivning, meddelande, forklaring, opis, opis
    operacji/transakcji, tytul, popis, zprava, poznamka, zprava prijemce, kozlemeny, описание,
    назначение, תיאור, תאור, פרטים, תיאור פעולה, תיאור הפעולה, הפעולה, הערות`,
  kind: `type, umsatztyp, transaction type, type transaction, booking type, payment type, buchungstext, umsatzart,
    vorgang, transaktionstyp, transaktionsart, buchungsart, vorgangsart, type operation, nature
    operation, tipo, tipo movimiento/operacion/movimento/operazione, mutatiesoort, soort, code, typ
    transakcji, typ transakce, tranzakcio tipusa, details, סוג פעולה`,
  reference: `id, transaction/trans/txn/bank/record/entry/operation id, reference id, transaction reference,
    transaction reference number, reference number, bank reference, transaction number, ref, ref no,
    fitid, receipt number, umsatz id, transaktions id, transaktionsnummer, transaktionsreferenz,
    buchungsreferenz, referenznummer, numero operation, reference operation, identifiant operation,
    numero operacion/movimiento, id transaccion, id operazione/transazione, volgnr, volgnummer,
    transactiereferentie, arkivkode, arkiveringsreferens, id transakcji/transakce, אסמכתא`,
  status: `status, state, state type, transaction/booking/payment status, status transaction, umsatzstatus,
    buchungsstatus, estado, statut, etat, stato, status transakcji, info, סטטוס`,
  quantity: `quantity, qty, shares, units, ticker, symbol, stuck, isin, wkn, quantite, cantidad titulos,
    aantal`,
};
