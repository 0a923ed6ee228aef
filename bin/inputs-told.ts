/**
 * Compares what each write is sent with what its entries in the trail say. The compiler tells what an entry holds, by
 * an interface that is not stable yet, as in row-types.
 */
import { dirname, join, normalize, relative } from 'node:path'
import type { TSchema } from 'typebox'
import {
  type Expression,
  isFunctionDeclaration,
  isIdentifier,
  isImportDeclaration,
  isNamedImports,
  isNamespaceImport,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isStringLiteral,
  isVariableStatement,
  type Node,
  type ObjectLiteralExpression,
} from 'typescript/unstable/ast'
import { API, type Checker, type Program, type Type, TypeFlags, type TypeReference } from 'typescript/unstable/sync'

/** Every member that a shape may be sent, each path once: `signatories.partenaire.name`, `memberIds[]`. */
export const membersOf = (shape: TSchema, path = ''): string[] => {
  const { properties, items, anyOf, allOf } = shape as Record<string, unknown> & {
    properties?: Record<string, TSchema>
    items?: TSchema
    anyOf?: TSchema[]
    allOf?: TSchema[]
  }
  if (properties)
    return Object.entries(properties).flatMap(([name, member]) => membersOf(member, path ? `${path}.${name}` : name))
  if (items) return membersOf(items, `${path}[]`)
  const those = new Set([...(anyOf ?? []), ...(allOf ?? [])].flatMap(one => membersOf(one, path)))
  // Null, or one code of a list: no member beside those that the others have.
  if (those.size > 1) those.delete(path)
  return those.size > 0 ? [...those] : [path]
}

interface Module {
  readonly declarations: ReadonlyMap<string, Node>
  /** By the name here: the file and the name there, `*` for all of it. */
  readonly imported: ReadonlyMap<string, readonly [string, string]>
}
const moduleOf = (program: Program, root: string, file: string): Module => {
  const declarations = new Map<string, Node>()
  const imported = new Map<string, readonly [string, string]>()
  for (const statement of program.getSourceFile(join(root, file))!.statements) {
    if (isVariableStatement(statement))
      for (const declaration of statement.declarationList.declarations)
        if (isIdentifier(declaration.name)) declarations.set(declaration.name.text, declaration)
    if (isFunctionDeclaration(statement) && statement.name) declarations.set(statement.name.text, statement)
    if (!isImportDeclaration(statement) || !isStringLiteral(statement.moduleSpecifier)) continue
    const named = statement.importClause?.namedBindings
    const from = statement.moduleSpecifier.text
    if (!named || !from.startsWith('.')) continue
    if (isNamespaceImport(named)) imported.set(named.name.text, [normalize(join(dirname(file), from)), '*'])
    if (!isNamedImports(named)) continue
    for (const { name, propertyName } of named.elements)
      imported.set(name.text, [normalize(join(dirname(file), from)), (propertyName ?? name).text])
  }
  return { declarations, imported }
}

const nameOf = (member: Node): string | undefined =>
  (isPropertyAssignment(member) || isShorthandPropertyAssignment(member)) && isIdentifier(member.name)
    ? member.name.text
    : undefined
const initializerOf = (member: Node): Expression | undefined =>
  isPropertyAssignment(member)
    ? member.initializer
    : isShorthandPropertyAssignment(member)
      ? (member.name as never)
      : undefined

/** Of an entry, or of what a function makes one of: `{ action, subject, detail }`, `{ action, valueId }`. */
const saidBy = (literal: ObjectLiteralExpression): Node[] => {
  const names = literal.properties.map(nameOf)
  if (!names.includes('detail') && !names.includes('action')) return []
  return literal.properties.flatMap(member => {
    const name = nameOf(member)
    if (name === 'action') return []
    if (name === 'detail') return initializerOf(member) ?? []
    return isSpreadAssignment(member) ? member.expression : member
  })
}

const deepest = 6
const namesIn = (checker: Checker, known: Map<string, ReadonlySet<string>>) => {
  const names = (type: Type, depth: number): ReadonlySet<string> => {
    const key = `${type.id} ${depth}`
    const before = known.get(key)
    if (before) return before
    const found = new Set<string>()
    known.set(key, found)
    const add = (one: Type | undefined) => {
      if (one) for (const name of names(one, depth + 1)) found.add(name)
    }
    if (depth > deepest) return found
    if (type.isUnionType() || type.isIntersectionType()) for (const one of type.getTypes()) add(one)
    else if (checker.isArrayType(type) || checker.isTupleType(type))
      for (const one of checker.getTypeArguments(type as TypeReference)) add(one)
    else if (
      type.flags & TypeFlags.Object &&
      !['Date', 'Buffer', 'Map', 'Set'].includes(type.getSymbol()?.name ?? '')
    ) {
      const properties = checker.getPropertiesOfType(type)
      for (const property of properties) found.add(property.name)
      for (const one of checker.getTypeOfSymbol(properties)) add(one)
    }
    return found
  }
  return (type: Type) => names(type, 0)
}

/** Names spelled by what is said: `organisation: body.organisationId` says both. A length says no word. */
const spelled = (said: readonly Node[]): string[] => {
  const names: string[] = []
  const spell = (node: Node) => {
    if (isPropertyAccessExpression(node) && node.name.text === 'length') return
    if (isIdentifier(node)) names.push(node.text)
    node.forEachChild(spell)
  }
  for (const one of said) spell(one)
  return names
}

/** Everything that entries are made of, from an action through the functions of rooms that it names. */
const reachedFrom = (file: string, name: string, moduleAt: (file: string) => Module | undefined): Node[] => {
  const said: Node[] = []
  const seen = new Set<Node>()
  const follow = (from: string, called: string) => {
    const module = moduleAt(from)
    const node = module?.declarations.get(called)
    if (node && !seen.has(node)) {
      seen.add(node)
      visit(from, node)
    }
    const [there, theirs] = module?.imported.get(called) ?? []
    if (there && theirs && theirs !== '*') follow(there, theirs)
  }
  const visit = (from: string, node: Node) => {
    if (isObjectLiteralExpression(node)) said.push(...saidBy(node))
    if (isIdentifier(node)) follow(from, node.text)
    if (isPropertyAccessExpression(node) && isIdentifier(node.expression)) {
      const [there, theirs] = moduleAt(from)?.imported.get(node.expression.text) ?? []
      if (there && theirs === '*') follow(there, node.name.text)
    }
    node.forEachChild(child => visit(from, child))
  }
  follow(file, name)
  return said
}

export type Written = readonly [file: string, name: string]
/** Of each action, in its order: the names that its entries may say, at any depth. Files stand below `root`. */
export const factsSaid = (root: string, written: readonly Written[]): ReadonlySet<string>[] => {
  const api = new API({ cwd: root })
  try {
    const tsconfig = join(root, 'server/tsconfig.json')
    const { program, checker } = api.updateSnapshot({ openProjects: [tsconfig] }).getProject(tsconfig)!
    const present = new Set(program.getSourceFileNames().map(file => relative(root, file)))
    const modules = new Map<string, Module>()
    const moduleAt = (file: string) => {
      if (!present.has(file) || !/^server\/(?!platform|notifications)/.test(file)) return undefined
      if (!modules.has(file)) modules.set(file, moduleOf(program, root, file))
      return modules.get(file)
    }
    const namesOf = namesIn(checker, new Map())
    return written.map(([file, name]) => {
      const said = reachedFrom(file, name, moduleAt)
      const types = said.length > 0 ? checker.getTypeAtLocation(said) : []
      return new Set([...types.flatMap(type => (type ? [...namesOf(type)] : [])), ...spelled(said)])
    })
  } finally {
    api.close()
  }
}
