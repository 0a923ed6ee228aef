import { useQuery } from '@tanstack/react-query'
import { formatDay, formatShortDay } from '../../platform/format.ts'
import { Badge, Notice } from '../../ui/index.ts'
import { markedQuery } from './marked.ts'

/** Beside the name of an employer, in every list (EST-10). */
export const NotToContact = ({ siret }: { siret: string }) => {
  const { data: until } = useQuery(markedQuery(siret))
  return until ? (
    <>
      {' '}
      <Badge tone="error">{`ne pas contacter jusqu’au ${formatShortDay(until)}`}</Badge>
    </>
  ) : null
}

/** Before one records: what took place is recorded all the same. */
export const NotToContactWarning = ({ siret }: { siret: string }) => {
  const { data: until } = useQuery(markedQuery(siret))
  return until ? (
    <Notice tone="warning" title="À ne pas contacter">
      Cet établissement est marqué « ne pas contacter » jusqu’au {formatDay(until)}. Si l’échange a eu lieu,
      enregistrez-le : il dira qu’il a eu lieu malgré la marque.
    </Notice>
  ) : null
}
