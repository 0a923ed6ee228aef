import { formatList } from '../../platform/format.ts'
import { Link, Notice } from '../../ui/index.ts'
import { changeWords, type Deed } from './words.ts'

/** What each engages in by signing: the very words that the signature covers. */
export const Commitments = ({ commitments }: { commitments: readonly string[] }) => (
  <>
    <p className="fr-text--bold fr-mb-1w">Engagements</p>
    <ul>
      {commitments.map(commitment => (
        <li key={commitment}>{commitment}</li>
      ))}
    </ul>
    <p>
      <Link href="/conditions">Lire les conditions générales d’accès</Link>
    </p>
  </>
)
/** What is no longer as the deed says it: the structure proposes another. */
export const Changes = ({ deed }: { deed: Deed }) => (
  <Notice tone="warning" title="Un nouvel acte est à proposer">
    Depuis cet acte, {formatList(deed.changes.map(change => changeWords[change.kind](change.person?.name ?? '')))}.
    Toute modification donne lieu à un nouvel acte, adressé au CSSI.
  </Notice>
)
