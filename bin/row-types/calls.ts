/** Every place of the code that asks for rows, with the row type that the compiler resolves there. */
import { relative } from 'node:path'
import {
  type Identifier,
  isCallExpression,
  isFunctionDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclaration,
  type Node,
  type SourceFile,
} from 'typescript/unstable/ast'
import { API, type Checker, type Program, type Type, type TypeReference } from 'typescript/unstable/sync'
import type { Call, Claim } from './claims.ts'
import { claimOf } from './claims-of-types.ts'

interface Ask {
  readonly name: Identifier
  readonly call: Node
  readonly source: SourceFile
}
const asks = ['all', 'first', 'run', 'query']

const asksIn = (program: Program, files: readonly string[]): Ask[] =>
  files.flatMap(file => {
    const source = program.getSourceFile(file)!
    const found: Ask[] = []
    const visit = (node: Node) => {
      if (isCallExpression(node) && isPropertyAccessExpression(node.expression)) {
        const { name } = node.expression
        if (isIdentifier(name) && asks.includes(name.text)) found.push({ name, call: node, source })
      }
      node.forEachChild(visit)
    }
    visit(source)
    return found
  })

/** Declared by `Db` or by pg: `Promise.all` is not. */
const isOurs = (declared: string | undefined) =>
  declared !== undefined && /\/(?:platform\/database(?:\/\w+)?\.ts|@types\/pg\/index\.d\.ts)$/.test(declared)

/** The function or constant of the file where a call stands. */
const functionAround = (node: Node): string => {
  let name = 'module'
  for (let at: Node | undefined = node.parent; at; at = at.parent)
    if ((isFunctionDeclaration(at) || isVariableDeclaration(at)) && at.name && isIdentifier(at.name))
      name = at.name.text
  return name
}

const positionOf = ({ name, source }: Ask): string => {
  const before = source.text.slice(0, name.getStart(source))
  return `${before.split('\n').length}:${before.length - before.lastIndexOf('\n')}`
}

/** The row type of what a call answers: `Promise<T[]>`, `Promise<T | undefined>`, `Promise<QueryResult<T>>`. */
const rowTypeOf = (checker: Checker, ask: string, answer: Type): Type | undefined => {
  if (ask === 'run' || !answer.isTypeReference()) return undefined
  const [inside] = checker.getTypeArguments(answer)
  if (inside === undefined || ask === 'first') return inside
  if (ask === 'all') return checker.getTypeArguments(inside as TypeReference)[0]
  const rows = checker.getPropertyOfType(inside, 'rows')
  return rows && checker.getTypeArguments(checker.getTypeOfSymbol(rows) as TypeReference)[0]
}
const rowClaim = (checker: Checker, ask: string, answer: Type): Claim | undefined => {
  const type = rowTypeOf(checker, ask, answer)
  const claim = type && claimOf(checker, type)
  return claim?.members && Object.keys(claim.members).length > 0 ? claim : undefined
}

/** `root` and `tsconfig` are absolute; `kept` is asked of a file below the root. */
export const callsIn = (root: string, tsconfig: string, kept: (file: string) => boolean): Call[] => {
  const api = new API({ cwd: root })
  try {
    const { program, checker } = api.updateSnapshot({ openProjects: [tsconfig] }).getProject(tsconfig)!
    const files = program.getSourceFileNames().filter(file => kept(relative(root, file)))
    const found = asksIn(program, files)
    const symbols = checker.getSymbolAtLocation(found.map(({ name }) => name))
    const ours = found.filter((_, i) => isOurs(symbols[i]?.declarations[0]?.path))
    const answers = checker.getTypeAtLocation(ours.map(({ call }) => call))
    return ours.map((ask, i) => {
      const file = relative(root, ask.source.fileName)
      return {
        site: `${file}:${positionOf(ask)}`,
        place: `${file.split('/').slice(-2).join('/')} ${functionAround(ask.call)}`,
        camel: ask.name.text !== 'query',
        row: answers[i] && rowClaim(checker, ask.name.text, answers[i]),
      }
    })
  } finally {
    api.close()
  }
}
