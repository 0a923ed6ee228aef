import assert from 'node:assert/strict'
import { test } from 'node:test'
import Fastify from 'fastify'
import { linePattern } from '../../contract/common.ts'
import { anonymousBodyLimit, commonBodyLimit } from '../../contract/route.ts'
import { anonymous, type Leaf, leavesOf, nameOf, parts, routes, type Schema, sampleOf } from '../testing/contract.ts'
import { wholeDepth } from '../testing/depth.ts'
import { exceptions } from './exceptions.ts'
import { compileValidator, fieldErrors } from './validation.ts'

/** Lengths that their own shape gives. */
const boundedFormats = ['uuid', 'date', 'date-time']

const unbounded = (schema: Schema, at: string): string[] => {
  const { type, enum: choices, items, properties, patternProperties } = schema
  const known = 'const' in schema || choices !== undefined
  return [
    ...(type === 'string' && !known && schema.maxLength === undefined && !boundedFormats.includes(schema.format ?? '')
      ? [`${at}: maxLength`]
      : []),
    ...(choices && type === undefined ? [`${at}: type beside enum`] : []),
    ...((type === 'integer' || type === 'number') &&
    (schema.minimum === undefined || schema.maximum === undefined || Math.abs(schema.maximum) > Number.MAX_SAFE_INTEGER)
      ? [`${at}: minimum and maximum`]
      : []),
    ...(type === 'array' && schema.maxItems === undefined ? [`${at}: maxItems`] : []),
    ...(schema.uniqueItems && !['string', 'integer'].includes(items?.type ?? '')
      ? [`${at}: uniqueItems without a scalar type of items`]
      : []),
    ...(patternProperties && schema.maxProperties === undefined ? [`${at}: maxProperties`] : []),
    ...(items ? unbounded(items, `${at}[]`) : []),
    ...[...Object.entries(properties ?? {}), ...Object.entries(patternProperties ?? {})].flatMap(([name, member]) =>
      unbounded(member, `${at}.${name}`),
    ),
    ...(schema.anyOf ?? []).flatMap(one => unbounded(one, at)),
  ]
}
const everyPart = routes.flatMap(route =>
  parts.flatMap(part =>
    route[part] ? [{ name: `${nameOf(route)} ${part}`, part, schema: route[part] as Schema }] : [],
  ),
)

test('REL-4: all that comes in is bounded by the contract: texts, lists, numbers', () => {
  assert.deepEqual(
    everyPart.flatMap(({ name, schema }) => unbounded(schema, name)),
    [],
  )
  for (const [schema, fault] of [
    [{ type: 'object', properties: { a: { type: 'string', pattern: '^a+$' } } }, '.a: maxLength'],
    [{ enum: ['a'] }, ': type beside enum'],
    [{ type: 'array', items: { type: 'null' } }, ': maxItems'],
    [
      { type: 'array', maxItems: 3, uniqueItems: true, items: { enum: ['a'] } },
      ': uniqueItems without a scalar type of items',
    ],
    [{ type: 'integer', minimum: 0 }, ': minimum and maximum'],
  ] as const)
    assert.equal(unbounded(schema as Schema, '')[0], fault, 'and the fence sees what is not')
})

/** One's own typing, that nobody else reads; and cells of a file, each line of which is judged apart. */
const notNames = ['PUT /drafts/:kind/:subject', 'POST /employer-files/:fileId/rows']
test('SEC-2: what others read as a name, a title or a label is of one line, without an invisible character', () => {
  const names = everyPart
    .filter(({ name, part }) => part === 'body' && !notNames.includes(name.replace(/ body$/, '')))
    .flatMap(({ name, schema }) => leavesOf(schema).map(leaf => ({ ...leaf, at: `${name}${leaf.path}` })))
    .filter(({ schema }) => schema.type === 'string' && !schema.enum)
    .filter(({ at }) => /\.(name|title|label|givenName|familyName|function|capacity)$/.test(at))
  assert.ok(names.length > 20, `${names.length}`)
  assert.deepEqual(
    names.filter(({ schema }) => schema.pattern !== linePattern).map(({ at }) => at),
    [],
  )
  const validate = compileValidator({ type: 'string', maxLength: 200, pattern: linePattern }, 'body')
  for (const taken of ['Été 2027', '  d’abord « É. »', 'S.N.C.F. & Cie, 1/2 €', '🦊', '日本'])
    assert.ok(validate(taken), taken)
  for (const refused of [
    '',
    ' ',
    '\n',
    'a\nb',
    'a\tb',
    'a\r',
    '\u0000',
    'a\u202eb',
    'a\u200bb',
    '\ufeffa',
    'a\u2028b',
    '\u00ada',
  ])
    assert.equal(validate(refused), false, JSON.stringify(refused))
  assert.match(fieldErrors(validate.errors!)[0]!.message, /une ligne/)
})

test('REL-4: every sample that the tests start from is accepted', () => {
  for (const { name, part, schema } of everyPart)
    assert.equal(compileValidator(schema, part)(structuredClone(sampleOf(schema))), true, name)
})

/** Of members that any name may have, which is a draft's: the longest name. */
const longestName = 80
/** Bytes of the largest JSON that a schema accepts, each character being one byte. */
const largest = (schema: Schema): number => {
  if (schema.anyOf) return Math.max(...schema.anyOf.map(largest))
  if (schema.enum) return Math.max(...schema.enum.map(choice => JSON.stringify(choice).length))
  if ('const' in schema) return JSON.stringify(schema.const).length
  switch (schema.type) {
    case 'string':
      return 2 + (schema.maxLength ?? 36)
    case 'array':
      return 2 + schema.maxItems! * (1 + largest(schema.items!))
    case 'object':
      return (
        2 +
        Object.values(schema.patternProperties ?? {}).reduce(
          (sum, member) => sum + schema.maxProperties! * (longestName + 4 + largest(member)),
          0,
        ) +
        Object.entries(schema.properties ?? {}).reduce(
          (sum, [name, member]) => sum + name.length + 4 + largest(member),
          0,
        )
      )
    default:
      return 20
  }
}
// As many lines of as many recipients each as its two bounds let through together: nobody has them.
const neverSoLarge = [
  'POST /campaigns/:campaignId/sharings',
  'POST /campaigns/:campaignId/targets',
  'POST /campaigns/:campaignId/targets/preview',
  // All its words together are bounded (mostFormText), which a schema does not say.
  'PUT /drafts/:kind/:subject',
]

test('REL-4: a body is small unless its route says how large, and what the contract accepts fits', () => {
  for (const route of routes.filter(r => r.body)) {
    const [most, limit] = [largest(route.body as Schema), route.bodyLimit ?? commonBodyLimit]
    if (!neverSoLarge.includes(nameOf(route)))
      assert.ok(most <= limit, `${nameOf(route)}: ${most} bytes where ${limit} are taken`)
    if (route.bodyLimit)
      assert.ok(
        route.body && most > commonBodyLimit && limit <= 2 * 1024 * 1024,
        `${nameOf(route)} needs no limit of its own, or less`,
      )
  }
  for (const { path, body } of anonymous) assert.ok(largest(body) <= anonymousBodyLimit, path)
  // What nobody is signed in for is in the contract, so that none is forgotten here.
  assert.deepEqual(
    anonymous.map(({ path }) => path).sort(),
    exceptions
      .filter(e => e.method === 'POST' && /^\/(auth|avis)\//.test(e.path))
      .map(e => e.path)
      .sort(),
  )
})

/** As the server parses what it is sent. */
const parse = Fastify().getDefaultJsonParser('error', 'error') as (
  request: unknown,
  body: string,
  done: (error: Error | null, value?: unknown) => void,
) => void

/** Milliseconds of processor that refusing this text takes: parsed, validated, put in words. */
const cost = (validate: ReturnType<typeof compileValidator>, text: string): number => {
  const { user, system } = process.cpuUsage()
  parse(undefined, text, (error, value) => {
    if (!error && !validate(value)) fieldErrors(validate.errors!)
  })
  const used = process.cpuUsage({ user, system })
  return (used.user + used.system) / 1000
}
const texts = ['.', ' ', '1', 'a-', 'é'] as const
const items = ['1', '"31000000000001"', '{"a":1}'] as const
const times = (bytes: number, one: string) => Math.max(1, Math.floor(bytes / (one.length + 1)))

/** Bodies of so many bytes, each worse than the other: at each of these places of the schema, and for the whole. */
const hostile = function* (leaves: readonly Leaf[], bytes: number): Generator<readonly [string, string]> {
  for (const leaf of leaves) {
    const filled = (json: string) => JSON.stringify(leaf.put('@@@')).replace('"@@@"', () => json)
    if (leaf.schema.type === 'array')
      for (const item of items)
        yield [`${leaf.path} of ${item}`, filled(`[${Array(times(bytes, item)).fill(item).join(',')}]`)]
    if (leaf.schema.type === 'array')
      yield [
        `${leaf.path} of different numbers`,
        filled(`[${Array.from({ length: times(bytes, '10000') }, (_, n) => n).join(',')}]`),
      ]
    if (leaf.schema.type === 'string' && !leaf.schema.enum)
      for (const text of texts)
        yield [
          `${leaf.path} of « ${text} »`,
          filled(`"a@${text.repeat(Math.floor(bytes / Buffer.byteLength(text)))}!"`),
        ]
    if (leaf.schema.type === 'integer') yield [`${leaf.path} of so many figures`, filled('9'.repeat(bytes))]
  }
  const members = (name: (n: number) => string) =>
    `{${Array.from({ length: times(bytes, '"k10000":1') }, (_, n) => `"${name(n)}":1`).join(',')}}`
  yield ['unknown members', members(n => `k${n}`)]
  yield ['one member again and again', members(() => 'k')]
  yield ['lists in lists', `${'['.repeat(bytes / 2)}${']'.repeat(bytes / 2)}`]
  yield ['objects in objects', `${'{"a":'.repeat(bytes / 6)}1${'}'.repeat(bytes / 6)}`]
  yield ['__proto__', members(() => '__proto__')]
  yield ['__proto__ far down', `[${'[{"a":1}],'.repeat(bytes / 10)}{"__proto__":{}}]`]
  yield ['constructor', `{"constructor":{"prototype":${members(n => `k${n}`)}}}`]
}

test('REL-4: refusing a body takes processor time in proportion to its length, whatever the body, on every route that takes one', () => {
  let worst = ['', 0] as readonly [string, number]
  // The same place is checked by the same code wherever it stands: once for each shape, size and depth in lists.
  const seen = new Set<string>()
  const isNew = ({ schema, path }: Leaf, limit: number) => {
    const shape = JSON.stringify([schema, limit, path.split('[]').length])
    return !seen.has(shape) && seen.add(shape)
  }
  const bodies = [
    ...routes
      .filter(r => r.body)
      .map(r => ({ name: nameOf(r), schema: r.body as Schema, limit: r.bodyLimit ?? commonBodyLimit })),
    ...anonymous.map(({ path, body }) => ({
      name: `POST ${path}`,
      schema: body,
      limit: anonymousBodyLimit,
    })),
  ]
  for (const { name, schema, limit } of bodies) {
    const validate = compileValidator(schema, 'body')
    validate(undefined) // what is made at the first refusal is made
    const leaves = leavesOf(schema).filter(leaf => isNew(leaf, limit))
    // Small ones first: a time that grows too fast is seen before it lasts.
    for (const size of [limit / 8, wholeDepth ? limit : Math.min(limit, 512 * 1024)])
      for (const [what, text] of hostile(leaves, size)) {
        const allowed = 60 + text.length / 5000
        let took = cost(validate, text)
        // A collection of garbage is no fault of the body.
        for (let again = 0; took > allowed && again < 2; again++) took = Math.min(took, cost(validate, text))
        assert.ok(took <= allowed, `${name}, ${what}: ${took.toFixed(1)} ms for ${(text.length / 1000).toFixed(0)} kB`)
        if (took > worst[1]) worst = [`${name}, ${what}, ${(text.length / 1000).toFixed(0)} kB`, took]
      }
  }
  console.log(`# the dearest: ${worst[0]}: ${worst[1].toFixed(1)} ms`)
})
