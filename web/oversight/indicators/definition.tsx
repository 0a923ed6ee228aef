import { formatDay } from '../../platform/format.ts'
import { Definition } from '../../ui/index.ts'
import type { Indicator } from './filters.tsx'

/** One click away: what the figure counts, the version of the definition that counted it, and the other versions. */
export const DefinitionOf = ({
  definition: { version, since, corrects, text, others },
  title,
}: Pick<Indicator, 'definition' | 'title'>) => (
  <Definition
    term={
      <>
        Définition<span className="fr-sr-only"> de « {title} »,</span> version {version}
      </>
    }
  >
    {text}{' '}
    <span className="cc-definition__version">
      Ce chiffre est compté par la version {version}, en vigueur depuis le {formatDay(since)}
      {corrects && version > 1 && ' ; elle corrige les précédentes, et compte aussi leurs périodes'}.
    </span>
    {others.map(other => (
      <span key={other.version} className="cc-definition__version">
        {' '}
        Version {other.version},{' '}
        {other.version < version
          ? corrects
            ? `publiée le ${formatDay(other.since)}, qui ne compte plus rien`
            : `pour les périodes finies avant le ${formatDay(since)}`
          : `pour les périodes finies à partir du ${formatDay(other.since)}`}{' '}
        : {other.text}
      </span>
    ))}
  </Definition>
)
