import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { formatInstant, formatNumber } from '../../platform/format.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { asProblem } from '../../platform/problem.ts'
import { Notice, Page, ProgressBar, Refused, Skeleton, Stepper } from '../../ui/index.ts'
import { Forget } from './forget.tsx'
import { fileQuery } from './queries.ts'
import { Report } from './report.tsx'
import { Review } from './review.tsx'
import { Running } from './running.tsx'
import { Tried } from './tried.tsx'
import { sentNow } from './use-sending.ts'
import { type File, isRunning, rowsWords, stateWords, stepNames } from './words.ts'
import './employer-files.css'

const breadcrumb = [{ label: 'Importer un fichier d’employeurs', href: '/fichiers-employeurs' }]

/** A file from its review to its report: left, it is found again where it was. */
export default function FilePage() {
  const { fileId } = usePathParams<{ fileId: string }>()
  const { data: file, error, refetch } = useQuery(fileQuery(fileId))
  if (error && !file)
    return (
      <Page title={asProblem(error).title} breadcrumb={breadcrumb} width="narrow">
        <Refused problem={error} retry={() => void refetch()} titled={false} />
      </Page>
    )
  if (!file)
    return (
      <Page title="Fichier d’employeurs" breadcrumb={breadcrumb} width="narrow">
        <Skeleton lines={6} />
      </Page>
    )
  return (
    <Page
      title={file.fileName}
      breadcrumb={breadcrumb}
      width="narrow"
      lead={`${rowsWords(file.rows)}, ouvert le ${formatInstant(file.openedAt)}`}
      actions={file.allowed.includes('forget') && !isRunning(file) && <Forget file={file} />}
    >
      <Stepper steps={stepNames} current={stateWords[file.state].step} />
      <Step file={file} />
    </Page>
  )
}

const Step = ({ file }: { file: File }): ReactNode => {
  const sent = sentNow.use()
  if (file.state === 'receiving' && file.received < file.rows)
    return sent === file.id ? (
      <ProgressBar
        label="Lignes envoyées"
        value={file.received}
        max={file.rows}
        figures={`${formatNumber(file.received)} sur ${formatNumber(file.rows)}`}
      />
    ) : (
      <Notice tone="warning" title="L’envoi s’est arrêté">
        <p>
          {rowsWords(file.received)} sur {file.rows} sont arrivées. Le fichier est resté sur votre appareil : abandonnez
          cet import, puis choisissez de nouveau le fichier.
        </p>
      </Notice>
    )
  if (file.state === 'receiving') return <Review file={file} />
  if (isRunning(file)) return <Running file={file} />
  return file.state === 'tried' ? <Tried file={file} /> : <Report file={file} />
}
