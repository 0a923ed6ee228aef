import { formatDay } from '../platform/format.ts'
import { Definition } from '../ui/index.ts'
import type { Indicator } from './filters.tsx'

/** One click away, with its version: a figure says what it counts. */
export const DefinitionOf = ({ definition: { version, since, text }, title }: Pick<Indicator, 'definition' | 'title'>) => (
  <Definition term={<>Définition<span className="fr-sr-only"> de « {title} »</span></>}>
    {text} <span className="cc-definition__version">Version {version}, depuis le {formatDay(since)}.</span>
  </Definition>
)
