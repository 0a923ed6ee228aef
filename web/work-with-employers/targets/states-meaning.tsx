import { targetStatuses } from '../../../contract/work-with-employers/campaigns.ts'
import { Definition, Link } from '../../ui/index.ts'
import { type Target, targetStatusWords } from '../campaigns/words.ts'
import { stateMeanings } from './state-meanings.ts'
import { capital } from './targets-filters.tsx'
import { TargetState } from './targets-parts.tsx'

/** The state of a target, its definition one press away. */
export const ExplainedState = ({ target }: { target: Target }) => (
  <TargetState target={target} meaning={stateMeanings[target.status]} />
)

/** All of them, where one reads the targets by state. */
export const StatesMeaning = () => (
  <p className="fr-text--sm fr-mb-1w">
    <Definition term="Ce que disent les états">
      {targetStatuses.map(one => (
        <span key={one} className="cc-state-meaning">
          <strong>{capital(targetStatusWords[one].word)}</strong> : {stateMeanings[one]}
        </span>
      ))}
      <span className="cc-state-meaning">
        <Link href="/aide/mots">Tous les mots du service</Link>
      </span>
    </Definition>
  </p>
)
