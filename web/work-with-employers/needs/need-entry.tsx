import { memo } from 'react'
import { formatDay } from '../../platform/format.ts'
import { fullName } from '../../platform/names.ts'
import { Badge, Link, type ListItemProps, sameLine } from '../../ui/index.ts'
import { LineMarks } from '../campaigns/employer-name.tsx'
import type { NeedLine } from './queries.ts'
import { hiredWords, holderWords, needStateWords, termsWords, whatWords } from './words.ts'

/** One need of the history; `elsewhere`: at another establishment of the company. */
const OneNeed = ({ need, elsewhere, item }: { need: NeedLine; elsewhere: boolean; item: ListItemProps }) => {
  const { word, tone } = needStateWords[need.state]
  return (
    <li {...item} className="cc-entry">
      <h3 className="cc-entry__head" tabIndex={-1} data-row-stop="">
        <Link href={`/besoins/${need.id}`}>{formatDay(need.notedOn)}</Link>
        <span className="cc-entry__by">{need.organisation.name}</span>
        {elsewhere && (
          <span>
            <Link href={`/etablissements/${need.establishment.siret}`}>{fullName(need.establishment)}</Link>
            <LineMarks line={need.establishment} />
          </span>
        )}
        <Badge>besoin</Badge>
        <Badge tone={tone}>{word}</Badge>
      </h3>
      <p>{[whatWords(need), termsWords(need)].filter(Boolean).join(', ')}.</p>
      <p className="cc-entry__meta">
        <span>{holderWords(need)}</span>
        {need.hired > 0 && <span>{hiredWords(need)}</span>}
      </p>
    </li>
  )
}
export const NeedEntry = memo(OneNeed, sameLine)
