import { memo } from 'react'
import { formatDay } from '../../platform/format.ts'
import { Badge, type ListItemProps, sameLine } from '../../ui/index.ts'
import { EntryBy } from '../exchanges/entry-by.tsx'
import type { ServiceLine } from './queries.ts'
import { daysWords, kindWords, resultTones, resultWords } from './words.ts'

/** One service of the history; `elsewhere`: at another establishment of the company. */
const OneService = ({
  service,
  elsewhere,
  item,
}: {
  service: ServiceLine
  elsewhere: boolean
  item: ListItemProps
}) => {
  const { kind, usedOn, endedOn, result, words, withdrawnAt } = service
  return (
    <li {...item} className={withdrawnAt ? 'cc-entry cc-entry--cancelled' : 'cc-entry'}>
      <h3 className="cc-entry__head" tabIndex={-1} data-row-stop="">
        <strong>{formatDay(usedOn)}</strong>
        <EntryBy of={service} elsewhere={elsewhere} />
        <Badge>service</Badge>
        <Badge tone={resultTones[result]}>{resultWords[result]}</Badge>
        {withdrawnAt && <Badge tone="warning">retiré</Badge>}
      </h3>
      <p>
        {kindWords[kind]}
        {endedOn && endedOn !== usedOn && `, ${daysWords(service)}`}
        {words && ` : ${words}`}
      </p>
    </li>
  )
}
export const ServiceEntry = memo(OneService, sameLine)
