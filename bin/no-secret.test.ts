import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { secretSettings } from '../server/platform/config.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
/** What .gitignore leaves out, and Git itself. */
const left = /^(node_modules|data|dist|dist\..*|\.types|\.git|\.install-lock|.*\.tsbuildinfo)$/

/** Forms that a secret has, wherever it stands. */
const forms: Readonly<Record<string, RegExp>> = {
  'a private key': /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40}/,
  'a cloud’s key': /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[\w-]{35}\b/,
  'a forge’s token': /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{60,}|glpat-[\w-]{20})/,
  'a registry’s token': /\bnpm_[A-Za-z0-9]{36}\b|_authToken\s*=\s*[^\s$]/,
  'a chat’s or a payment’s token': /\bxox[abprs]-[\w-]{20,}|\b[rs]k_live_\w{20,}/,
  'a signed token': /\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{20,}/,
  'an address with a real password': /\b(?:postgres(?:ql)?|smtps?|https?):\/\/[^\s:/@'"`$]+:[A-Za-z0-9+_-]{20,}@/,
  'a setting that is a secret': new RegExp(
    `\\b(?:${secretSettings.join('|')})['"]?\\s*[=:]\\s*['"]?(?:\\d+:)?[A-Za-z0-9+/]{40,}={0,2}`,
  ),
}
const found = (text: string) =>
  Object.entries(forms)
    .filter(([, form]) => form.test(text))
    .map(([name]) => name)

const files = (folder = root): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    return left.test(entry.name) || entry.isSymbolicLink()
      ? []
      : entry.isDirectory()
        ? files(path)
        : statSync(path).size < 5_000_000
          ? [path]
          : []
  })

test('SEC-6: no file of the project holds a secret', () => {
  const all = files()
  assert.ok(all.length > 800)
  assert.deepEqual(
    all.flatMap(path => found(readFileSync(path, 'utf8')).map(form => `${path.slice(root.length)}: ${form}`)),
    [],
  )
})

test('SEC-6: each form of a secret is found', () => {
  const letters = (n: number) => randomBytes(n).toString('hex').slice(0, n)
  const samples = [
    `-----BEGIN EC PRIVATE ${'KEY'}-----\n${letters(64)}\n`,
    `AKIA${letters(16).toUpperCase()}`,
    `ghp_${letters(36)}`,
    `//registry.example/:_authToken=${letters(36)}`,
    `xoxb-${letters(24)}`,
    `eyJ${letters(20)}.eyJ${letters(20)}.${letters(30)}`,
    `postgres://cc_web:${letters(48)}@db.example/campagnes`,
    `ENCRYPTION_KEYS=2:${randomBytes(32).toString('base64')}`,
  ]
  assert.deepEqual(
    samples.map(found).map(names => names.length > 0),
    samples.map(() => true),
  )
  assert.deepEqual([...new Set(samples.flatMap(found))].sort(), Object.keys(forms).sort())
})
