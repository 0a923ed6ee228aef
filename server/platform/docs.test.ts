import assert from 'node:assert/strict'
import { existsSync, globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { root, text } from '../testing/sources.ts'

/** Each run writes it, in no commit, while this reads the others. */
const proofs = 'docs/proofs.md'
const pages = [
  ...globSync(['docs/**/*.md', '{server,web,bench,deploy,e2e,contract}/**/README.md'], { cwd: root }),
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
]
  .filter(page => page !== proofs)
  .sort()
const files = globSync(
  ['{bench,bin,contract,database,deploy,docs,e2e,server,web,.githooks}/**/*.*', '*.*', '{server,web}/**/LICENSE'],
  { cwd: root },
)

/** A whole path, or its end: `platform/viewer.ts`, `deadlines.ts`. */
const known = new Set(
  [...files, proofs].flatMap(file => {
    const parts = file.split('/')
    return parts.map((_, from) => parts.slice(from).join('/'))
  }),
)
/** Files that a page makes up for its example. */
const examples = [
  'verb-noun.ts',
  'server/work-with-employers/campaigns/list-members.ts',
  'database/migrations/YYYYMMDD_HHMM_object.sql',
]
/** What looks like a file of ours: one word, an ending that our files have, no part left open (`<room>`, `*`, `x.`). */
const looksLikeFile = (word: string) =>
  /^[\w-][\w./-]*\.(ts|tsx|sql|md|mjs|typ|css)$/.test(word) && !/^x[.-]/.test(word) && !examples.includes(word)
/** A folder, by its whole path. */
const looksLikeFolder = (word: string) =>
  /^(bench|bin|contract|database|deploy|docs|e2e|server|web)\/[\w/-]*$/.test(word)

const quoted = (page: string): string[] =>
  [
    ...text(page)
      .replace(/```[\s\S]*?```/g, '')
      .matchAll(/`([^`\n]+)`/g),
  ].map(m => m[1]!)

test('each file or folder that a page names between backticks exists', () => {
  const lost = (page: string) => [
    ...quoted(page).filter(word => looksLikeFile(word) && !known.has(word)),
    ...quoted(page).filter(word => looksLikeFolder(word) && !existsSync(join(root, word))),
  ]
  assert.ok(pages.length > 15 && pages.flatMap(quoted).filter(looksLikeFile).length > 150)
  assert.deepEqual(
    pages.flatMap(page => lost(page).map(word => `${page}: ${word}`)),
    [],
  )
})

test('each page that a page links to exists', () => {
  const lost = pages.flatMap(page =>
    [...text(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].flatMap(([, target]) =>
      existsSync(join(root, dirname(page), target!)) ? [] : [`${page}: ${target}`],
    ),
  )
  assert.deepEqual(lost, [])
})
