/** Letters of code page 850 (DOS) from 0x80 on, as IBM and Microsoft list it. */
const letters850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤' +
  'ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

/** The same bytes in windows-1252, by which text of unknown encoding is decoded. */
const letters1252 = new TextDecoder('windows-1252').decode(
  Uint8Array.from({ length: 128 }, (_, index) => 128 + index),
);

/** Letters that Western European words are written with, besides those of ASCII. */
const common = new Set('áéíóúñÁÉÍÓÚÑüÜäöÄÖßàèòçÇïªº·¿¡');

/**
 * Text that was decoded as windows-1252, with the letters that it has in code page 850 where those are words more often:
 * `MUÑOZ` has the byte A5 there, which is `¥` in the other. Only what stands within words tells: `5 €` and `„…”` are
 * common in the other. Other text stays as it is.
 */
export function toKnownLetters(text: string): string {
  const marks = text.slice(0, 200_000).matchAll(/[\u0080-\uffff](?=[A-Za-z])/g);
  let [as850, as1252] = [0, 0];
  for (const { 0: mark, index: at } of marks) {
    if (!/[A-Za-z]/.test(text.charAt(at - 1))) continue;
    const index = letters1252.indexOf(mark);
    if (index === -1) return text;
    if (common.has(mark)) as1252 += 1;
    if (common.has(letters850[index] ?? '')) as850 += 1;
  }
  if (as850 <= as1252) return text;
  return text.replace(/[\u0080-\uffff]/g, (mark) => letters850[letters1252.indexOf(mark)] ?? mark);
}
