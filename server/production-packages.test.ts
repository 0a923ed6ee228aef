import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>
const packageOf = (name: string) =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')

/** Packages that a program reaches by its imports, those of types left out: Node removes them. */
const reached = (entry: string): ReadonlySet<string> => {
  const [packages, seen, left] = [new Set<string>(), new Set<string>(), [join(root, entry)]]
  for (let file = left.pop(); file; file = left.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    const text = readFileSync(file, 'utf8')
    for (const [, named, called, located] of text.matchAll(
      /^(?:import|export)\s+(?!type\b)(?:[^'\n]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)|new URL\('(\.[^']+\.ts)', import\.meta\.url\)/gm,
    )) {
      const name = named ?? called ?? located!
      if (name.startsWith('.')) {
        const path = join(dirname(file), name)
        if (existsSync(path) && path.endsWith('.ts')) left.push(path)
      } else if (!name.startsWith('node:') && !builtinModules.includes(name)) packages.add(packageOf(name))
    }
  }
  return packages
}

for (const program of ['main', 'worker', 'migrate', 'import', 'audit', 'admin', 'keys'])
  test(`SEC-6: server/${program}.ts runs on an installation without what only development needs`, () => {
    const packages = reached(`server/${program}.ts`)
    assert.ok(packages.has('pg'))
    assert.deepEqual(
      [...packages].filter(name => !(name in dependencies)),
      [],
    )
  })

test('SEC-6: what builds the pages, plays ProConnect or tests is of development', () => {
  for (const name of ['vite', 'react', 'oidc-provider', 'playwright-core', 'typescript'])
    assert.ok(name in devDependencies, name)
  assert.ok(
    reached('server/start.ts').has('oidc-provider') ||
      reached('server/demonstration/stand-in/main.ts').has('oidc-provider'),
    'they are looked for',
  )
})
