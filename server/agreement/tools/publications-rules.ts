import { documentKinds } from '../../../contract/agreement/texts.ts'
import { type Tool, tools } from '../../../contract/route.ts'
import { type DocumentFacts, type DocumentKind, standing } from '../texts/conditions-rules.ts'

interface Period {
  readonly tool: Tool
  readonly inForceFrom: Date
  readonly inForceUntil: Date | null
}
export interface Publication {
  readonly what: DocumentKind | 'annex-4'
  readonly tool: Tool | null
  /** Published, and not in force before this instant. Null: not published. */
  readonly comesOn: Date | null
}
const firstOf = (instants: readonly Date[]) => instants.toSorted((a, b) => +a - +b)[0] ?? null

/**
 * What no grant opens without, and is not in force, in the order in which to publish it (ACC-7, AGR-12): the texts, then
 * annex 4, which opens the tools. The conditions of a tool are asked once annex 4 has it, or has nothing yet.
 */
export const toPublish = (
  documents: readonly DocumentFacts[],
  periods: readonly Period[],
  now: Date,
): readonly Publication[] => {
  const common = periods.filter(p => p.inForceUntil === null || p.inForceUntil > now)
  const wanted = common.length > 0 ? tools.filter(tool => common.some(p => p.tool === tool)) : tools
  const texts = documentKinds.flatMap(what => (what === 'cpu' ? wanted : [null]).map(tool => ({ what, tool })))
  return [
    ...texts.flatMap(({ what, tool }) => {
      const versions = standing(
        documents.filter(d => d.kind === what && d.tool === tool),
        now,
      )
      if (versions.some(v => v.state === 'in-force')) return []
      const comesOn = firstOf(versions.filter(v => v.state === 'to-come').map(v => v.version.inForceFrom))
      return [{ what, tool, comesOn }]
    }),
    ...(common.some(p => p.inForceFrom <= now)
      ? []
      : [{ what: 'annex-4' as const, tool: null, comesOn: firstOf(common.map(p => p.inForceFrom)) }]),
  ]
}
