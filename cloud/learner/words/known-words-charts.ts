import type { Concept } from './known-words.ts';

// Account numbers as the national charts publish them: a number has the concepts of the longest
// start listed. Where charts give a number several meanings, all are named.

/** Plan comptable général (France): from two digits on. */
const french = `
60 materials, 601 materials, 602 materials, 604 subcontractors, 605 equipment
606 office equipment, 6061 electricity water heating, 6063 equipment, 6064 office, 6068 materials
607 materials, 61 rent, 611 subcontractors, 612 car-rental equipment, 613 rent, 614 rent
615 repairs, 6156 repairs software, 616 insurance, 617 training, 618 books training, 62 accounting
621 subcontractors, 622 accounting legal, 6227 legal, 623 advertising, 6234 gifts
6238 gifts donations, 624 postage, 625 travel, 6256 travel, 6257 restaurant
626 mobile internet postage, 6261 postage, 6262 mobile internet, 627 bank-fees, 628 membership
63 tax, 64 wages, 641 wages, 644 owner-draw, 645 social-security, 646 social-security, 647 health
65 software, 651 software, 66 interest, 661 interest loan, 671 fines, 695 tax, 70 sales, 701 sales
706 sales, 707 sales, 708 sales, 74 benefits, 76 interest dividends, 761 dividends, 764 interest
10 owner-draw, 108 owner-draw, 16 loan, 164 loan, 165 rent, 21 equipment, 40 suppliers
401 suppliers, 41 customers, 411 customers, 42 wages, 421 wages, 43 social-security
431 social-security, 437 social-security, 44 tax vat, 442 tax, 444 tax, 445 vat, 455 owner-draw
467 refund, 50 investment, 51 transfer, 512 transfer, 517 transfer, 53 cash, 530 cash, 58 transfer
580 transfer`;

/** Plan General de Contabilidad (Spain): three digits and more. */
const spanish = `
400 suppliers, 410 suppliers, 430 customers, 465 wages, 4750 vat, 4751 tax, 476 social-security
551 owner-draw, 570 cash, 572 transfer, 600 materials, 601 materials, 602 materials
607 subcontractors, 621 rent, 622 repairs, 623 accounting legal, 624 postage, 625 insurance
626 bank-fees, 627 advertising, 628 electricity water heating, 629 travel office, 631 tax
640 wages, 642 social-security, 662 interest, 700 sales, 705 sales, 769 interest`;

/** SKR03 and SKR04 (Germany): four digits. */
const german = `
1000 cash, 1200 transfer customers, 1360 transfer, 1400 customers, 157 vat, 1600 suppliers
1740 wages, 1741 tax, 1742 social-security, 1755 wages, 177 vat, 178 vat, 1800 owner-draw transfer
189 owner-draw, 210 interest, 211 interest, 212 interest, 265 interest, 310 subcontractors
33 materials, 34 materials, 410 wages, 411 wages, 412 wages, 413 social-security, 419 wages
420 rent, 421 rent, 422 rent, 423 heating, 424 electricity heating water, 425 cleaning
426 repairs, 432 tax, 436 insurance, 438 membership, 439 tax, 450 fuel car-repair, 451 tax
452 car-insurance, 453 fuel, 454 car-repair, 455 parking, 457 car-rental, 458 parking
46 advertising, 463 gifts, 465 restaurant, 466 travel, 467 travel, 48 repairs
4806 software repairs, 491 postage, 492 mobile internet, 4925 internet, 493 office, 494 books
4945 training, 495 legal accounting, 4955 accounting, 4957 accounting, 496 equipment
4964 software, 497 bank-fees, 498 materials, 4985 equipment, 8 sales, 1460 transfer, 140 vat
218 owner-draw, 210 owner-draw, 33 suppliers, 372 wages, 373 tax, 374 social-security, 380 vat
382 vat, 430 sales, 440 sales, 4125 sales, 53 materials, 54 materials, 590 subcontractors
600 wages, 601 wages, 602 wages, 603 wages, 611 social-security, 612 social-security, 6305 rent
6310 rent, 6315 rent, 6320 heating, 6325 electricity heating water, 6330 cleaning, 6335 repairs
640 insurance, 642 membership, 643 tax, 645 repairs, 649 software repairs, 650 fuel car-repair
652 car-insurance, 653 fuel, 654 car-repair, 656 car-rental, 657 parking, 660 advertising
661 gifts, 664 restaurant, 665 travel, 666 travel, 667 travel, 680 postage, 6805 mobile
6810 internet, 6815 office, 6820 books, 6821 training, 6825 legal accounting, 6827 accounting
6830 accounting, 6837 software, 6845 equipment, 6850 materials, 6855 bank-fees, 710 interest
73 interest, 760 tax, 761 tax, 768 tax`;

const charts = {
  french: readChart(french),
  spanish: readChart(spanish),
  german: readChart(german),
};

/** Concepts of an account number in the charts with numbers of its length, most exact first. */
export function chartConcepts(code: string): readonly Concept[] {
  const fitting = [
    ...(code.length === 4 ? [charts.german] : []),
    charts.french,
    ...(code.length === 3 ? [charts.spanish] : []),
  ];
  const found = new Set<Concept>();
  for (let length = code.length; length > 0; length -= 1) {
    const start = code.slice(0, length);
    for (const chart of fitting) for (const concept of chart.get(start) ?? []) found.add(concept);
  }
  return [...found];
}

function readChart(text: string): ReadonlyMap<string, readonly Concept[]> {
  const chart = new Map<string, readonly Concept[]>();
  for (const line of text.split(/[,\n]/)) {
    const [code = '', ...concepts] = line.trim().split(' ') as [string, ...Concept[]];
    if (code) chart.set(code, [...(chart.get(code) ?? []), ...concepts]);
  }
  return chart;
}
