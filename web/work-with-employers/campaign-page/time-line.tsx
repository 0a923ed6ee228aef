import { daysBetween, formatShortDay, today } from '../../platform/format.ts'
import { type Campaign, periodWords, timeLeft } from '../campaigns/words.ts'
import './campaign-page.css'

/** The period as a line with today on it; the words above say the same. */
export const TimeLine = ({
  campaign: { startsOn, endsOn, status },
}: {
  campaign: Pick<Campaign, 'startsOn' | 'endsOn' | 'status'>
}) => {
  const now = today()
  const days = Math.max(daysBetween(startsOn, endsOn), 1)
  const at = Math.min(100, Math.max(0, (daysBetween(startsOn, now) / days) * 100))
  const inside = now >= startsOn && now <= endsOn
  return (
    <div className="cc-time">
      <p className="cc-time__words">
        <span>Période : {periodWords(startsOn, endsOn)}</span>
        {status === 'draft' && <span>{timeLeft({ startsOn, endsOn })}</span>}
      </p>
      <div className="cc-time__line" aria-hidden="true">
        <span className="cc-time__past" style={{ width: `${at}%` }} />
        {inside && (
          <span className="cc-time__today" style={{ left: `${at}%` }}>
            <span className={at > 70 ? 'cc-time__label cc-time__label--left' : 'cc-time__label'}>aujourd’hui</span>
          </span>
        )}
      </div>
      <p className="cc-time__ends" aria-hidden="true">
        <span>{formatShortDay(startsOn)}</span>
        <span>{formatShortDay(endsOn)}</span>
      </p>
    </div>
  )
}
