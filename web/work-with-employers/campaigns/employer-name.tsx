import { isClosed, type Line, lineName } from '../../platform/names.ts'
import { Badge } from '../../ui/index.ts'
import { NotToContact } from '../do-not-contact/not-to-contact.tsx'

export const ClosedBadge = () => (
  <>
    {' '}
    <Badge tone="warning">fermé</Badge>
  </>
)

/** An employer in a list of work: what the register closed says so at once, before the work stops (CAM-14). */
export const EmployerName = ({ line }: { line: Line }) => (
  <span>
    {lineName(line)}
    {isClosed(line) && <ClosedBadge />}
    <NotToContact siret={line.siret} />
  </span>
)
