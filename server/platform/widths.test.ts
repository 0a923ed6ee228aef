import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { basename } from 'node:path'
import { test } from 'node:test'
import { filesUnder, root, text } from '../testing/sources.ts'

/** A comment, a text in quotes, a pattern, or where a template begins. */
const marks =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|(?<=(?:[(,=:[!&|?{};>]|^|return)\s*)\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*|`/
const markHere = new RegExp(marks, 'my')
/** Where the template that begins at `start` ends, whatever stands in its holes. */
const endOfTemplate = (code: string, start: number): number => {
  for (let at = start + 1; at < code.length; at++) {
    if (code[at] === '\\') at++
    else if (code[at] === '`') return at + 1
    else if (code.startsWith('${', at)) at = endOfHole(code, at + 2) - 1
  }
  return code.length
}
const endOfHole = (code: string, start: number): number => {
  for (let at = start, depth = 0; at < code.length; at++) {
    markHere.lastIndex = at
    const mark = markHere.exec(code)?.[0]
    if (mark) at = (mark === '`' ? endOfTemplate(code, at) : at + mark.length) - 1
    else if (code[at] === '{') depth++
    else if (code[at] === '}' && depth-- === 0) return at + 1
  }
  return code.length
}
/** From where to where each text and pattern goes; a comment is none, but for a directive to the linter. */
const piecesOf = (code: string): readonly (readonly [start: number, end: number])[] => {
  const found: [number, number][] = []
  const next = new RegExp(marks, 'gm')
  for (let mark = next.exec(code); mark; mark = next.exec(code)) {
    if (mark[0] === '`') next.lastIndex = endOfTemplate(code, mark.index)
    if (!/^\/[/*]/.test(mark[0]) || mark[0].startsWith('// biome')) found.push([mark.index, next.lastIndex])
  }
  return found
}
/** The lines over 140 columns that keep more than 120 once their longest text or pattern is out, by their number. */
const tooLong = (code: string): readonly number[] => {
  if (code.split('\n').every(line => line.length <= 140)) return []
  const pieces = piecesOf(code)
  let start = 0
  return code.split('\n').flatMap((line, at) => {
    const end = start + line.length
    const lengths = pieces.map(([from, to]) => Math.min(to, end) - Math.max(from, start))
    start = end + 1
    return line.length > 140 && line.length - Math.max(0, ...lengths) > 120 ? [at + 1] : []
  })
}

test('a line of TypeScript passes 140 columns by one text or pattern alone: without it, 120 hold the rest', () => {
  const all = filesUnder('contract', 'server', 'web', 'bin', 'bench', 'e2e', 'database/seeds')
  assert.ok(all.length > 2000)
  assert.deepEqual(
    all.flatMap(file => tooLong(text(file)).map(line => `${file}:${line}`)),
    [],
  )

  const words = 'a word '.repeat(25)
  const sum = Array.from({ length: 40 }, (_, n) => `one${n}`).join(' + ')
  for (const [code, lines] of [
    [`const sum = ${sum}`, [1]],
    [`// ${words}`, [1]],
    [`/** ${words} */`, [1]],
    [`const one = 1 // ${words}`, [1]],
    [`const sentence = '${words}'`, []],
    [`const sentence = '${words}' + ${sum}`, [1]],
    [`const pattern = /${words}/`, []],
    [`const half = ${sum} / ${sum} / 2`, [1]],
    [`const holds = one > ${sum} && 2 < one`, [1]],
    [`const said = \`\${one}\` + ${sum}`, [1]],
    [`const statement = \`\n  ${words}\n\`\nconst sum = ${sum}`, [4]],
    [`const a = sql\`\n\${b ? sql\`x\n${words}\n\` : {}}\n${words}\`\nconst sum = ${sum}`, [6]],
  ] as const)
    assert.deepEqual(tooLong(code), lines, code)
})

/** Each line of these files that passes so many columns. */
const wider = (most: number, files: readonly string[]): readonly string[] =>
  files.flatMap(file =>
    text(file)
      .split('\n')
      .flatMap((line, at) => (line.length > most ? [`${file}:${at + 1}`] : [])),
  )
const filesLike = (pattern: string) => globSync(pattern, { cwd: root }).sort()

/** The last migration that landed before SQL had a width: those up to it are never edited. */
const lastWide = '20261205_1380_annex_4_codes.sql'
test('no line of SQL passes 120 columns, save in the migrations that landed before this was asked', () => {
  const migrations = filesLike('database/migrations/*.sql')
  const narrow = migrations.filter(file => basename(file) > lastWide)
  assert.ok(migrations.some(file => basename(file) === lastWide))
  const rules = filesLike('database/{functions,policies}/*.sql')
  assert.ok(rules.length > 90)
  assert.deepEqual(wider(120, [...rules, ...narrow]), [])
  assert.ok(wider(120, migrations).length > 200, 'a wide line is seen')
})

test('no line of a style sheet passes 140 columns', () => {
  const sheets = filesLike('web/**/*.css')
  assert.ok(sheets.length > 50)
  assert.deepEqual(wider(140, sheets), [])
  assert.notDeepEqual(wider(40, sheets), [], 'a wide line is seen')
})
