/**
 * `npm run requirements`: writes docs/proofs.md, the tests whose titles carry each id of docs/requirements.md, one a
 * line. Each run of the tests does; the page is in no commit. Exits 1 when the requirements say what the tests do not.
 */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { idsIn, titlesOf } from './titles.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const page = join(root, 'docs/proofs.md')
/** The list the requirements come from; a clone alone has not got it. */
const list = join(root, '../shared/requirements.md')

export interface Requirement {
  readonly id: string
  readonly state: string
  readonly missing: string
}
export interface Proof {
  readonly file: string
  readonly title: string
  readonly how: string
}
type Proofs = ReadonlyMap<string, readonly Proof[]>

export const requirementsIn = (text: string): readonly Requirement[] =>
  text
    .split('\n')
    .filter(line => /^\| [A-Z]+-\d+ \|/.test(line))
    .map(line => {
      const cells = line.split('|').map(cell => cell.trim())
      return { id: cells[1]!, state: cells[4] ?? '', missing: cells[5] ?? '' }
    })

/** A journey meets the real service or, where the test writes the answers itself, proves the screens alone. */
const howOf = (file: string, source: string): string =>
  !file.startsWith('e2e/')
    ? ''
    : /\bjourneys\(|\bstartMoved\b|\bmovedStory\(/.test(source)
      ? ' (real service)'
      : ' (screens only)'

export const proofsOf = (files: Iterable<readonly [file: string, source: string]>): Proofs => {
  const proofs = new Map<string, Proof[]>()
  for (const [file, source] of files) {
    const how = howOf(file, source)
    for (const title of titlesOf(source)) {
      for (const id of idsIn(title)) proofs.set(id, [...(proofs.get(id) ?? []), { file, title, how }])
    }
  }
  return proofs
}

const plain = (title: string) => title.replace(/\s+/g, ' ').replace(/[\\`*_<>[\]]/g, '\\$&')
export const pageOf = (requirements: readonly Requirement[], proofs: Proofs): string =>
  [
    '# Proofs',
    '',
    'The tests whose titles carry each id of [requirements.md](requirements.md). Written by each run of the tests: in no commit.',
    'A journey meets the real service, or the screens only, with answers that the test writes. « … » stands for what changes with the case.',
    ...requirements
      .filter(({ id }) => proofs.has(id))
      .flatMap(({ id }) => [
        '',
        `## ${id}`,
        '',
        ...proofs.get(id)!.map(({ file, title, how }) => `- ${file}${how}: ${plain(title)}`),
      ]),
    '',
  ].join('\n')

/**
 * What the page of requirements says and the tests do not, or the reverse. `listed`: the ids of the list they come
 * from, where it is there.
 */
export const faultsOf = (
  requirements: readonly Requirement[],
  proofs: Proofs,
  listed: readonly string[] | undefined,
): readonly string[] => {
  const known = new Set(requirements.map(({ id }) => id))
  return [
    ...[...proofs]
      .filter(([id]) => !known.has(id))
      .map(([id, [first]]) => `${id} n’est pas une exigence, et un titre le porte : ${first!.file}`),
    ...(listed ?? []).filter(id => !known.has(id)).map(id => `${id} manque à docs/requirements.md`),
    ...(listed
      ? [...known].filter(id => !listed.includes(id)).map(id => `${id} n’est pas dans la liste des exigences`)
      : []),
    ...requirements.flatMap(({ id, state, missing }, i) => [
      ...(requirements.findIndex(other => other.id === id) === i ? [] : [`${id} y est deux fois`]),
      ...(['whole', 'begun', 'not yet'].includes(state)
        ? []
        : [`${id} : « ${state} » n’est ni whole, ni begun, ni not yet`]),
      ...((state === 'not yet') === proofs.has(id)
        ? [`${id} est dit « ${state} » et ${proofs.has(id) ? 'des tests le portent' : 'aucun test ne le porte'}`]
        : []),
      ...((state === 'whole') === (missing !== '')
        ? [`${id} est dit « ${state} » : ${missing ? 'il n’y manque donc rien' : 'il faut écrire ce qui manque'}`]
        : []),
    ]),
  ]
}

if (import.meta.main) {
  const requirements = requirementsIn(readFileSync(join(root, 'docs/requirements.md'), 'utf8'))
  const files = globSync(
    ['contract', 'server', 'web', 'database', 'e2e', 'bin', 'bench'].map(folder => `${folder}/**/*.test.ts`),
    { cwd: root },
  ).sort()
  const proofs = proofsOf(files.map(file => [file, readFileSync(join(root, file), 'utf8')]))
  const listed = existsSync(list)
    ? [...readFileSync(list, 'utf8').matchAll(/^\| ([A-Z]+-\d+) \|/gm)].map(([, id]) => id!)
    : undefined
  const faults = faultsOf(requirements, proofs, listed)
  writeFileSync(page, pageOf(requirements, proofs))
  for (const fault of faults) console.error(fault)
  process.exit(faults.length > 0 ? 1 : 0)
}
