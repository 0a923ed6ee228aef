import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { usePathParams } from '../../platform/navigation.ts'
import { asProblem } from '../../platform/problem.ts'
import { announce, Button, Link, Page, Refused, Skeleton } from '../../ui/index.ts'
import { workChanged, workQuery } from './queries.ts'
import { StopWork } from './stop-work.tsx'
import { UndoWork } from './undo-work.tsx'
import { actWords, campaignWords, isRunning, stateWords, type Work } from './words.ts'
import { WorkReport } from './work-report.tsx'

const breadcrumb = [{ label: 'Mes travaux longs', href: '/mes-travaux' }]

/** One work: how far it is, what it did, what it left and why; undone from here. */
export default function WorkPage() {
  const { workId } = usePathParams<{ workId: string }>()
  const { data: work, error, refetch } = useQuery(workQuery(workId))
  const [undoing, setUndoing] = useState(false)
  useEnd(work)
  if (error && !work)
    return (
      <Page title={asProblem(error).title} breadcrumb={breadcrumb} width="narrow">
        <Refused problem={error} retry={() => void refetch()} />
      </Page>
    )
  if (!work)
    return (
      <Page title="Travail" breadcrumb={breadcrumb} width="narrow">
        <Skeleton lines={6} />
      </Page>
    )
  return (
    <Page
      title={actWords[work.act].label}
      breadcrumb={breadcrumb}
      width="narrow"
      actions={
        work.allowed.includes('undo') ? (
          <Button size="small" priority="secondary" onClick={() => setUndoing(true)}>
            Annuler ce travail
          </Button>
        ) : (
          work.allowed.includes('stop') && <StopWork work={work} />
        )
      }
    >
      <p>
        {work.campaign === null ? (
          <Link href="/portefeuille">Mon portefeuille</Link>
        ) : (
          <>
            Campagne :{' '}
            {work.campaign.name === null ? (
              campaignWords(work)
            ) : (
              <Link href={`/campagnes/${work.campaign.id}`}>{work.campaign.name}</Link>
            )}
          </>
        )}
      </p>
      <WorkReport work={work} />
      {undoing && <UndoWork work={work} onClose={() => setUndoing(false)} />}
    </Page>
  )
}

/** Its end is said, and what shows these targets or actions is read again. */
const useEnd = (work: Work | undefined) => {
  const ran = useRef(false)
  useEffect(() => {
    if (!work) return
    if (ran.current && !isRunning(work)) {
      announce(`Travail ${stateWords[work.state].word}.`)
      void workChanged(work)
    }
    ran.current = isRunning(work)
  }, [work])
}
