/**
 * Reads the titles of a file of tests without running it: those written out, those that a helper or a loop completes.
 * What is known only when the test runs is shown as « … ».
 */
import { type ESTree, parseAst } from 'vite'

type Node = ESTree.Node
/** What a name holds where a title is read: the expression given to it, or nothing known. */
type Names = ReadonlyMap<string, Node | undefined>
/** A function that declares a test: which of its parameters the title is made of, and how. */
interface Declares {
  readonly parameters: readonly string[]
  readonly title: Node | undefined
}

/** UTF-8 is no requirement. */
export const idPattern = /\b(?!UTF-)[A-Z]{2,3}-\d{1,2}\b/g
const hasId = (text: string) => text.search(idPattern) >= 0

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode)
const bare = (node: Node | null | undefined): Node | undefined =>
  node &&
  ['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'ParenthesizedExpression'].includes(node.type)
    ? bare((node as unknown as { expression: Node }).expression)
    : (node ?? undefined)

/** The text of a title. A part that changes with the case is « … », unless it carries an id or nothing else is said. */
const textOf = (given: Node | undefined, names: Names): string => {
  const node = bare(given)
  if (node?.type === 'Literal') return typeof node.value === 'string' ? node.value : '…'
  if (node?.type === 'Identifier') return names.has(node.name) ? textOf(names.get(node.name), new Map()) : '…'
  if (node?.type !== 'TemplateLiteral') return '…'
  const allChanges = node.quasis.every(quasi => !/\p{L}/u.test(quasi.value.cooked ?? ''))
  return node.quasis
    .map((quasi, i) => {
      const part = i < node.expressions.length ? textOf(node.expressions[i], names) : ''
      return `${quasi.value.cooked ?? ''}${allChanges || hasId(part) || i === node.expressions.length ? part : '…'}`
    })
    .join('')
}

const bind = (names: Map<string, Node | undefined>, pattern: Node, value: Node | undefined): void => {
  const given = bare(value)
  if (pattern.type === 'Identifier') names.set(pattern.name, given)
  if (pattern.type === 'ArrayPattern')
    pattern.elements.forEach((element, i) => {
      if (element)
        bind(names, element, given?.type === 'ArrayExpression' ? (given.elements[i] ?? undefined) : undefined)
    })
}

export const titlesOf = (source: string): readonly string[] => {
  const found = new Set<string>()
  const literal = (name: string): Node => ({ type: 'Identifier', name }) as Node
  const declares = new Map<string, Declares>(
    ['test', 'it'].map(name => [name, { parameters: ['title'], title: literal('title') }]),
  )

  const call = (node: Node, names: Names): string | undefined => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return undefined
    const declared = declares.get(node.callee.name)
    if (!declared) return undefined
    const given = new Map(declared.parameters.map((name, i) => [name, node.arguments[i] as Node | undefined]))
    // A name of the place of the call, given whole: what it holds there.
    for (const [name, value] of given) if (value?.type === 'Identifier') given.set(name, names.get(value.name) ?? value)
    for (const [name, value] of given)
      if (value?.type === 'TemplateLiteral') given.set(name, { type: 'Literal', value: textOf(value, names) } as Node)
    return textOf(declared.title, given)
  }
  const firstCall = (node: Node): Node | undefined =>
    node.type === 'CallExpression' && node.callee.type === 'Identifier' && declares.has(node.callee.name)
      ? node
      : childrenOf(node).map(firstCall).find(Boolean)
  /** `const table = (title, …) => test(…)` declares tests too, and `const step = storyOf(…)`. */
  const declaration = (name: string, value: Node): boolean => {
    if (value.type === 'CallExpression' && value.callee.type === 'Identifier' && value.callee.name === 'storyOf') {
      declares.set(name, declares.get('test')!)
      return true
    }
    if (!/^(ArrowFunction|Function)/.test(value.type) || !('params' in value) || !('body' in value) || !value.body)
      return false
    const parameters = (value.params as Node[]).map(p => (p.type === 'Identifier' ? p.name : ''))
    const inner = firstCall(value.body as Node)
    if (inner?.type !== 'CallExpression') return false
    const declared = declares.get((inner.callee as { name: string }).name)!
    const title =
      declared.title?.type === 'Identifier'
        ? (inner.arguments[declared.parameters.indexOf(declared.title.name)] as Node | undefined)
        : undefined
    const named = (node: Node | undefined): boolean =>
      node !== undefined && (node.type === 'Identifier' ? parameters.includes(node.name) : childrenOf(node).some(named))
    if (!named(title)) return false
    declares.set(name, { parameters, title })
    return true
  }

  const walk = (node: Node, names: Names): void => {
    if (
      node.type === 'VariableDeclarator' &&
      node.id.type === 'Identifier' &&
      node.init &&
      declaration(node.id.name, bare(node.init)!)
    )
      return
    if (node.type === 'FunctionDeclaration' && node.id && declaration(node.id.name, node)) return
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init)
      (names as Map<string, Node | undefined>).set(node.id.name, bare(node.init))
    const title = call(node, names)
    if (title !== undefined) found.add(title)
    if (node.type !== 'ForOfStatement') {
      for (const child of childrenOf(node)) walk(child, names)
      return
    }
    const right = bare(node.right)
    const list = right?.type === 'Identifier' ? names.get(right.name) : right
    const pattern = node.left.type === 'VariableDeclaration' ? node.left.declarations[0]!.id : node.left
    for (const element of list?.type === 'ArrayExpression' && list.elements.length > 0 ? list.elements : [undefined]) {
      const inside = new Map(names)
      bind(inside, pattern as Node, element ?? undefined)
      walk(node.body, inside)
    }
  }
  walk(parseAst(source, { lang: 'ts' }) as Node, new Map())
  return [...found]
}

/** The requirements a title names; « AGR-2 to AGR-5 » names four. */
export const idsIn = (title: string): readonly string[] => {
  const between = [...title.matchAll(/\b([A-Z]{2,3})-(\d{1,2}) to \1-(\d{1,2})\b/g)].flatMap(([, room, from, to]) =>
    Array.from({ length: Math.max(0, Number(to) - Number(from) + 1) }, (_, i) => `${room}-${Number(from) + i}`),
  )
  return [...new Set([...between, ...(title.match(idPattern) ?? [])])]
}
