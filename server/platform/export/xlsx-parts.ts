import type { Cell } from './cells.ts'

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const office = 'http://schemas.openxmlformats.org'
const main = `${office}/spreadsheetml/2006/main`

/** What XML cannot hold is left out. */
const refusedByXml =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
/** Text that a reader takes for the code of a character: its underscore is written as one. */
const looksEscaped = /_(?=x[0-9a-f]{4}_)/gi
/** Characters that a cell of a spreadsheet may hold. */
const mostInCell = 32_767

export const xmlText = (text: string): string =>
  text
    .slice(0, mostInCell)
    .replaceAll(refusedByXml, '')
    .replaceAll(looksEscaped, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** Days since 30 December 1899, as spreadsheets count them. */
export const dayNumber = (day: string): number => (Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000

/** Styles of `stylesXml`: plain, day, title of a column. */
export const styles = { plain: 0, day: 1, head: 2 } as const

/** `3` as C, `28` as AB. */
export const columnName = (number: number): string =>
  number < 1 ? '' : columnName(Math.floor((number - 1) / 26)) + String.fromCharCode(65 + ((number - 1) % 26))

const styled = (style: number) => (style ? ` s="${style}"` : '')
/** Text stays text: a spreadsheet runs a formula only where the cell says that it is one (T16). */
const cellXml = (cell: Cell, at: string, style: number): string =>
  cell === null
    ? ''
    : typeof cell === 'string'
      ? `<c r="${at}" t="inlineStr"${styled(style)}><is><t xml:space="preserve">${xmlText(cell)}</t></is></c>`
      : typeof cell === 'number'
        ? `<c r="${at}"${styled(style)}><v>${cell}</v></c>`
        : `<c r="${at}" s="${styles.day}"><v>${dayNumber(cell.day)}</v></c>`
/** A row at its number, the first being 1. */
export const rowXml = (cells: readonly Cell[], number: number, style: number = styles.plain): string =>
  `<row r="${number}">${cells.map((cell, i) => cellXml(cell, columnName(i + 1) + number, style)).join('')}</row>`

/** The first row stays in sight. */
export const sheetStart = (columns: number): string =>
  `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="${columns}" width="22" customWidth="1"/></cols><sheetData>`
export const sheetEnd = (columns: number, lastRow: number): string =>
  `</sheetData><autoFilter ref="A1:${columnName(columns)}${lastRow}"/></worksheet>`

const relations = (items: readonly (readonly [kind: string, target: string])[]) =>
  `${declaration}<Relationships xmlns="${office}/package/2006/relationships">${items
    .map(
      ([kind, target], i) =>
        `<Relationship Id="rId${i + 1}" Type="${office}/officeDocument/2006/relationships/${kind}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`
const partType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const stylesXml = `${declaration}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf xfId="0" numFmtId="14" applyNumberFormat="1"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>`

/** The parts of a workbook of one sheet, save the sheet: each with its path. */
export const workbookParts = (title: string): readonly (readonly [path: string, xml: string])[] => [
  [
    '[Content_Types].xml',
    `${declaration}<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${partType}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${partType}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${partType}.styles+xml"/></Types>`,
  ],
  ['_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']])],
  [
    'xl/_rels/workbook.xml.rels',
    relations([
      ['worksheet', 'worksheets/sheet1.xml'],
      ['styles', 'styles.xml'],
    ]),
  ],
  ['xl/styles.xml', stylesXml],
  [
    'xl/workbook.xml',
    `${declaration}<workbook xmlns="${main}" xmlns:r="${office}/officeDocument/2006/relationships"><sheets><sheet name="${xmlText(sheetName(title))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ],
]
/** A name that spreadsheets take: 31 characters, none of those they refuse. */
const sheetName = (title: string) =>
  title
    .replaceAll(/[\\/?*[\]:']/g, ' ')
    .slice(0, 31)
    .trim() || 'Export'
