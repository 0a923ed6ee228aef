import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstVisitBudget, firstVisits, overBudget } from './first-visit.ts'

const manifest = {
  'index.html': { file: 'index.js', css: ['index.css'], imports: ['_ui.js'], isEntry: true },
  '_ui.js': { file: 'ui.js', imports: ['index.html'] },
  '_list.js': { file: 'list.js', css: ['list.css'], imports: ['_ui.js'] },
  'home/home.page.tsx': { file: 'home.js', imports: ['_list.js'] },
  'texts/text.page.tsx': { file: 'text.js', imports: ['_ui.js'] },
  'home/later.tsx': { file: 'later.js' },
}
const sizes: Record<string, number> = {
  'index.html': 1,
  'font.woff2': 2,
  'index.js': 10,
  'index.css': 20,
  'ui.js': 100,
  'list.js': 1000,
  'list.css': 2000,
  'home.js': 10_000,
  'text.js': 20_000,
}
const visits = (over: Record<string, number> = {}) =>
  firstVisits(manifest, ['index.html', 'font.woff2'], file => {
    const size = { ...sizes, ...over }[file]
    assert.ok(size !== undefined, `${file} is not loaded at once`)
    return size
  })

test('UX-2: a first visit counts each file once, the shell and the fonts included, and nothing that comes later', () => {
  assert.deepEqual(visits(), [
    { page: 'texts/text.page.tsx', bytes: 20_133 },
    { page: 'home/home.page.tsx', bytes: 13_133 },
  ])
})

test('UX-2: the build refuses a page whose first visit passes the budget, and names it', () => {
  assert.equal(overBudget(visits({ 'home.js': firstVisitBudget - 3133 })), null)
  assert.equal(
    overBudget(visits({ 'home.js': firstVisitBudget - 3132 })),
    'Plus de 350 ko à la première visite : home/home.page.tsx 351 ko.',
  )
})
