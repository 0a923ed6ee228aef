import { formatCount } from '../platform/format.ts'
import { Button } from './button.tsx'

/** The pages of a list that are not read yet, as `useList` gives them. */
export interface MorePages {
  readonly onMore: () => void
  readonly onAll?: (() => void) | undefined
  readonly busy: boolean
  readonly left?: number | undefined
}

export const ListMore = ({ more: { onMore, onAll, busy, left }, shown }: { more: MorePages; shown: number }) => (
  <div className="cc-table__more">
    <Button priority="secondary" busy={busy} onClick={onMore}>
      {busy ? 'Chargement…' : 'Afficher la suite'}
    </Button>
    {onAll && !busy && (
      <Button priority="tertiary" onClick={onAll}>
        Tout afficher
      </Button>
    )}
    {left !== undefined && (
      <span className="fr-text--sm fr-mb-0">
        {formatCount(shown, 'ligne affichée', 'lignes affichées')} sur {formatCount(left + shown, 'ligne')}
      </span>
    )}
  </div>
)
