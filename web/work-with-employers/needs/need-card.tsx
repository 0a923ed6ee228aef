import { Badge, Link } from '../../ui/index.ts'
import type { NeedLine } from './queries.ts'
import { ageWords, hiredWords, holderWords, needStateWords, termsWords, whatWords } from './words.ts'

/** One need at a glance, and the way to its page. */
export const NeedCard = ({ need }: { need: NeedLine }) => {
  const { word, tone } = needStateWords[need.state]
  const terms = termsWords(need)
  return (
    <li className="cc-need">
      <h3>
        <Link href={`/besoins/${need.id}`}>{whatWords(need)}</Link> <Badge tone={tone}>{word}</Badge>
      </h3>
      {terms && <p>{terms}</p>}
      <p className="cc-need__who">
        {holderWords(need)} · {ageWords(need)}
        {need.hired > 0 && ` · ${hiredWords(need)}`}
        {need.visibility === 'organisation' && ' · gardé pour sa structure'}
      </p>
    </li>
  )
}
