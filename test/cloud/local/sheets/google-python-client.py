"""Google's Python client, built from Google's own discovery document, at a Sheets-compatible server.

Called with the document's path, the server's address and its token; prints as JSON what the server answered.
"""

import json
import sys

import httplib2
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError


class Bearer(httplib2.Http):
    """Plain HTTP with the token, as credentials of Google's would add it."""

    def __init__(self, token):
        super().__init__()
        self.token = token

    def request(self, uri, method="GET", body=None, headers=None, **more):
        headers = dict(headers or {}, authorization="Bearer " + self.token)
        return super().request(uri, method, body=body, headers=headers, **more)


def main(path, url, token):
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    document["rootUrl"] = url + "/"
    document["baseUrl"] = url + "/"
    service = build_from_document(document, http=Bearer(token))
    sheets = service.spreadsheets()
    seen = {}

    made = sheets.create(body={"properties": {"title": "Made in Python", "locale": "en_US"}}).execute()
    book = made["spreadsheetId"]
    seen["title"] = made["properties"]["title"]

    seen["updated"] = sheets.values().update(
        spreadsheetId=book,
        range="Sheet1!A1:C2",
        valueInputOption="USER_ENTERED",
        body={"values": [["Day", "What", "Sum"], ["2026-03-01", "Säge & Söhne", "1,234.50"]]},
    ).execute()["updatedCells"]
    seen["appended"] = sheets.values().append(
        spreadsheetId=book,
        range="Sheet1!A1:C2",
        valueInputOption="RAW",
        insertDataOption="INSERT_ROWS",
        body={"values": [["2026-03-02", "=1+1", -7]]},
    ).execute()["updates"]["updatedRange"]

    replies = sheets.batchUpdate(
        spreadsheetId=book,
        body={
            "requests": [
                {"addSheet": {"properties": {"sheetId": 5, "title": "Second"}}},
                {
                    "createDeveloperMetadata": {
                        "developerMetadata": {
                            "metadataId": 11,
                            "metadataKey": "python",
                            "metadataValue": "was here",
                            "location": {"sheetId": 5},
                            "visibility": "DOCUMENT",
                        }
                    }
                },
                {
                    "appendCells": {
                        "sheetId": 5,
                        "rows": [{"values": [{"userEnteredValue": {"boolValue": True}}]}],
                        "fields": "userEnteredValue",
                    }
                },
            ]
        },
    ).execute()["replies"]
    seen["replies"] = [sorted(reply) for reply in replies]

    seen["shown"] = sheets.values().get(spreadsheetId=book, range="Sheet1").execute()["values"]
    seen["plain"] = [
        got.get("values")
        for got in sheets.values()
        .batchGet(
            spreadsheetId=book,
            ranges=["Sheet1!A2:C2", "Second!A1:B2", "Second!D1"],
            valueRenderOption="UNFORMATTED_VALUE",
        )
        .execute()["valueRanges"]
    ]
    seen["found"] = sheets.developerMetadata().search(
        spreadsheetId=book,
        body={"dataFilters": [{"developerMetadataLookup": {"metadataKey": "python"}}]},
    ).execute()["matchedDeveloperMetadata"][0]["developerMetadata"]
    seen["one"] = sheets.developerMetadata().get(spreadsheetId=book, metadataId=11).execute()["metadataValue"]

    read = sheets.get(
        spreadsheetId=book,
        ranges=["Second!A1"],
        fields="sheets(properties(title,index),data.rowData.values.effectiveValue)",
    ).execute()
    seen["read"] = read["sheets"]

    try:
        sheets.batchUpdate(
            spreadsheetId=book, body={"requests": [{"deleteSheet": {"sheetId": 99}}]}
        ).execute()
    except HttpError as error:
        seen["refused"] = [error.resp.status, error._get_reason()]
    try:
        sheets.get(spreadsheetId="no-such-spreadsheet").execute()
    except HttpError as error:
        seen["missing"] = error.resp.status
    print(json.dumps(seen))


main(*sys.argv[1:])
