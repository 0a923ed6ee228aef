import { isClosed, type Line, lineName } from '../../platform/names.ts'
import { Badge } from '../../ui/index.ts'
import { NotToContact } from '../do-not-contact/not-to-contact.tsx'

const ClosedBadge = () => (
  <>
    {' '}
    <Badge tone="warning">fermé</Badge>
  </>
)

/** What one knows before contacting, beside a name in any list: closed (CAM-14), not to be contacted (EST-10). */
export const EmployerMarks = ({ siret, closed }: { siret: string; closed: boolean }) => (
  <>
    {closed && <ClosedBadge />}
    <NotToContact siret={siret} />
  </>
)

/** An employer in a list of work, with its marks. */
export const EmployerName = ({ line }: { line: Line }) => (
  <span>
    {lineName(line)}
    <LineMarks line={line} />
  </span>
)
/** The marks of an employer whose name is written already: a link, a title. */
export const LineMarks = ({ line }: { line: Line }) => <EmployerMarks siret={line.siret} closed={isClosed(line)} />
