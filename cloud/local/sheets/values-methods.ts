import type { z } from 'zod';
import type { appendValuesAnswer, batchGetAnswer, UpdateValuesAnswer } from './answer-schema.ts';
import { changeSpreadsheet, readSpreadsheet } from './call-spreadsheet.ts';
import { invalid } from './google-error.ts';
import type { Call } from './methods.ts';
import { parseJson } from './parse-json.ts';
import type { QueryValues } from './read-query.ts';
import { type ValueRange, valueRange } from './request-schema.ts';
import {
  appendValues,
  readValues,
  updateValues,
  type ValueInput,
  type ValueRendering,
} from './values.ts';

export async function getRange(call: Call): Promise<ValueRange> {
  const spreadsheet = await readSpreadsheet(call);
  return readValues(spreadsheet, call.names[1] ?? '', readRendering(call.query));
}

export async function batchGetRanges(call: Call): Promise<z.infer<typeof batchGetAnswer>> {
  const spreadsheet = await readSpreadsheet(call);
  const ranges = (call.query['ranges'] ?? []) as readonly string[];
  const rendering = readRendering(call.query);
  const valueRanges = ranges.map((range) => readValues(spreadsheet, range, rendering));
  return { spreadsheetId: spreadsheet.id, ...(valueRanges.length > 0 && { valueRanges }) };
}

export async function updateRange(call: Call): Promise<UpdateValuesAnswer> {
  const body = parseJson(valueRange, call.body);
  const input = inputOption(call.query);
  const rendering = responseRendering(call.query, body);
  const { answer } = await changeSpreadsheet(call, (before) =>
    updateValues(before, call.names[1] ?? '', body, input, rendering),
  );
  return answer;
}

export async function appendRange(call: Call): Promise<z.infer<typeof appendValuesAnswer>> {
  const body = parseJson(valueRange, call.body);
  const options = {
    input: inputOption(call.query),
    insertsRows: call.query['insertDataOption'] === 'INSERT_ROWS',
  };
  const rendering = responseRendering(call.query, body);
  const { answer } = await changeSpreadsheet(call, (before) => {
    const written = appendValues(
      before,
      call.names[1] ?? '',
      body,
      options,
      rendering,
      call.inventId,
    );
    const { spreadsheet, tableRange } = written;
    const updates = written.answer;
    const spreadsheetId = spreadsheet.id;
    return { spreadsheet, answer: { spreadsheetId, ...(tableRange && { tableRange }), updates } };
  });
  return answer;
}

function inputOption(query: QueryValues): ValueInput {
  const option = query['valueInputOption'];
  if (option === undefined) {
    throw invalid("'valueInputOption' is required but not specified");
  }
  return option as ValueInput;
}

function readRendering(query: QueryValues): ValueRendering {
  return {
    value: (query['valueRenderOption'] ?? 'FORMATTED_VALUE') as ValueRendering['value'],
    dateTime: (query['dateTimeRenderOption'] ?? 'SERIAL_NUMBER') as ValueRendering['dateTime'],
    majorDimension: (query['majorDimension'] ?? 'ROWS') as ValueRendering['majorDimension'],
  };
}

function responseRendering(query: QueryValues, body: ValueRange): ValueRendering | null {
  if (query['includeValuesInResponse'] !== true) return null;
  return {
    value: (query['responseValueRenderOption'] ?? 'FORMATTED_VALUE') as ValueRendering['value'],
    dateTime: (query['responseDateTimeRenderOption'] ??
      'SERIAL_NUMBER') as ValueRendering['dateTime'],
    majorDimension: body.majorDimension ?? 'ROWS',
  };
}
