import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { type FetchedFile, fetchedFiles, receivedWords } from '../../exports/fetched-files.ts'
import { addDays, dayOf, formatNumber, today } from '../../platform/format.ts'
import { holds, useMe } from '../../platform/session.ts'
import { useGoing } from '../employer-files/going-on.ts'
import { followedFilesQuery, runningFilesQuery } from '../employer-files/queries.ts'
import { type File, isRunning as fileRuns, stateWords as fileStates, rowsWords } from '../employer-files/words.ts'
import { runningWorksQuery, worksQuery } from './queries.ts'
import { actWords, campaignWords, progressOf, stateWords, type Work } from './words.ts'

/** A long work of one's own, whatever does it: the service, the open tab, or both. */
export interface LongWork {
  readonly key: string
  readonly href: string
  readonly label: string
  readonly about: string
  readonly askedAt: string
  readonly word: string
  readonly tone: 'info' | 'success' | 'warning' | 'neutral' | 'error'
  readonly figures: string
  /** Stops it from the list. */
  readonly stop?: () => void
}
/** As long as acts in number are listed. */
const daysListed = 90

const ofAct = (work: Work): LongWork => ({
  key: work.id,
  href: `/mes-travaux/${work.id}`,
  label: actWords[work.act].label,
  about: campaignWords(work),
  askedAt: work.askedAt,
  word: stateWords[work.state].word,
  tone: stateWords[work.state].tone,
  figures: progressOf(work).figures,
})
/** How far a file is, and what makes it go on: the open tab (`goesOn`), or its page once opened. */
const farOf = (file: File, goesOn: boolean): Pick<LongWork, 'word' | 'tone' | 'figures'> => {
  const of = (through: number, all: number) => `${formatNumber(through)} sur ${formatNumber(all)}`
  if (file.state === 'receiving' && file.received < file.rows)
    return {
      ...(goesOn ? { word: 'envoi en cours', tone: 'info' } : { word: 'envoi incomplet', tone: 'warning' }),
      figures: of(file.received, file.rows),
    }
  const { word, tone } = fileStates[file.state]
  if (!fileRuns(file)) return { word, tone, figures: rowsWords(file.rows) }
  const figures = of(file.progress.through, file.progress.of)
  return { word, tone, figures: goesOn ? figures : `${figures}, ouvrez-le pour qu’il continue` }
}
const ofFile = (file: File, goesOn: boolean): LongWork => ({
  key: file.id,
  href: `/fichiers-employeurs/${file.id}`,
  label: `Importer ${file.fileName}`,
  about: rowsWords(file.rows),
  askedAt: file.askedAt ?? file.openedAt,
  ...farOf(file, goesOn),
})
const fetchedWords = {
  running: { word: 'en cours', tone: 'info' },
  done: { word: 'reçu', tone: 'success' },
  failed: { word: 'échoué', tone: 'error' },
} as const
const ofFetched = ({ key, href, title, askedAt, state, received, failure, stop }: FetchedFile): LongWork => ({
  key: `tab-${key}`,
  href,
  label: title,
  about: 'dans cet onglet',
  askedAt,
  ...fetchedWords[state],
  figures: failure ?? receivedWords(received),
  ...(state === 'running' ? { stop } : {}),
})

interface Read {
  readonly acts: readonly Work[]
  readonly files: readonly File[]
}
const useJoined = ({ acts, files }: Read): readonly LongWork[] => {
  const fetched = fetchedFiles.use()
  const goesOn = useGoing()
  return [...acts.map(ofAct), ...files.map(file => ofFile(file, goesOn(file.id))), ...fetched.map(ofFetched)].toSorted(
    (a, b) => b.askedAt.localeCompare(a.askedAt),
  )
}
/** Whoever records exchanges somewhere imports files. */
const useMayImport = () => holds(useMe(), 'campagnes', 'conseiller')

/** All of the last ninety days, the last first; and what is read of the acts, to be waited for. */
export const useLongWorks = (): {
  readonly works: readonly LongWork[]
  readonly query: UseQueryResult<{ items: Work[] }>
} => {
  const acts = useQuery(worksQuery)
  const files = useQuery({ ...followedFilesQuery, enabled: useMayImport() })
  const since = addDays(today(), -daysListed)
  const listed = (files.data?.items ?? []).filter(file => dayOf(file.askedAt ?? file.openedAt) >= since)
  return { works: useJoined({ acts: acts.data?.items ?? [], files: listed }), query: acts }
}

/** Those under way, for the home page. */
export const useRunningWorks = (): readonly LongWork[] => {
  const acts = useQuery(runningWorksQuery)
  const files = useQuery({ ...runningFilesQuery, enabled: useMayImport() })
  const joined = useJoined({ acts: acts.data?.items ?? [], files: files.data?.items ?? [] })
  return joined.filter(({ key, stop }) => !key.startsWith('tab-') || stop !== undefined)
}
