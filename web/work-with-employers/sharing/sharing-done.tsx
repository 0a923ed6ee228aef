import { formatCount } from '../../platform/format.ts'
import { lineName } from '../../platform/names.ts'
import { Button, Notice } from '../../ui/index.ts'
import type { Done } from './sharing-simulation.tsx'

export const DoneResult = ({ done: { sharing, left, leftItems }, onUndo }: { done: Done; onUndo: () => void }) => (
  <Notice tone="success" title={`${formatCount(sharing.moved, 'cible répartie', 'cibles réparties')}`}>
    {left > 0 && (
      <>
        <p>
          {formatCount(left, 'a bougé', 'ont bougé')} entre-temps, et{' '}
          {left < 2 ? 'reste où elle est' : 'restent où elles sont'} :
        </p>
        <ul>
          {leftItems.map(establishment => (
            <li key={establishment.siret}>{lineName(establishment)}</li>
          ))}
        </ul>
        {left > leftItems.length && <p>Les {leftItems.length} premières sont listées.</p>}
      </>
    )}
    {sharing.allowed.includes('undo') && (
      <Button size="small" priority="secondary" onClick={onUndo}>
        Annuler cette répartition
      </Button>
    )}
  </Notice>
)
