import { holds, useMe } from '../../platform/session.ts'
import { Button } from '../../ui/index.ts'

/** For who leads colleagues. */
export const ToTakeOver = () =>
  holds(useMe(), 'campagnes', 'responsable') ? (
    <Button size="small" priority="tertiary" href="/travail-a-reprendre">
      Travail à reprendre
    </Button>
  ) : null
