import { useMutation, useQueryClient } from '@tanstack/react-query'
import { closeReview, keepReviewLines } from '../../../contract/people-and-rights/reviews.ts'
import { useFile } from '../../exports/fetched-files.ts'
import { FileComes } from '../../exports/file-comes.tsx'
import { call } from '../../platform/api.ts'
import { dayOf, formatCount, formatDay, formatInstant, formatList, formatNumber } from '../../platform/format.ts'
import { newKey } from '../../platform/new-key.ts'
import { asProblem } from '../../platform/problem.ts'
import { toast } from '../../platform/toast.ts'
import { Button, ButtonRow, Facts, Notice, ProgressBar } from '../../ui/index.ts'
import type { Review } from './words.ts'

export const Standing = ({ review }: { review: Review }) => {
  const queries = useQueryClient()
  const again = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['review', review.id] }),
      queries.invalidateQueries({ queryKey: ['reviews'] }),
    ])
  const keepAll = useMutation({
    mutationFn: () =>
      call(keepReviewLines, { params: { reviewId: review.id }, idempotencyKey: newKey(), timeoutMs: 60_000 }),
    onSuccess: async ({ kept }) => {
      toast(`${formatCount(kept, 'ligne maintenue', 'lignes maintenues')}.`)
      await again()
    },
  })
  const close = useMutation({
    mutationFn: () =>
      call(closeReview, { params: { reviewId: review.id }, idempotencyKey: newKey(), timeoutMs: 60_000 }),
    onSuccess: async () => {
      toast('La revue est close et signée.')
      await again()
    },
  })
  const { file, fetch } = useFile()
  const report = useMutation({
    mutationFn: (form: 'pdf' | 'csv') =>
      fetch({
        title: `Rapport de la revue du ${formatDay(dayOf(review.startedAt))}`,
        path: `/reviews/${review.id}/report.${form}`,
      }),
  })
  const { keep, reduce, suspend, delete: removed } = review.decided
  const problem = [keepAll, close, report].find(mutation => mutation.isError)?.error
  return (
    <>
      <ProgressBar
        label="Lignes décidées"
        value={review.lines - review.undecided}
        max={review.lines}
        figures={`${formatNumber(review.lines - review.undecided)} sur ${formatNumber(review.lines)}`}
      />
      <Facts
        items={[
          [
            'Population figée',
            `${formatCount(review.accounts, 'compte')} et ${formatCount(review.lines - review.accounts, 'habilitation')}, le ${formatInstant(review.startedAt)} par ${review.startedBy.name}`,
          ],
          [
            'Décisions',
            `${formatCount(keep, 'maintien')}, ${formatCount(reduce, 'réduction')}, ${formatCount(suspend, 'suspension')}, ${formatCount(removed, 'suppression')}`,
          ],
          [
            'Arrivés depuis, hors de cette revue',
            review.since.accounts.length > 0
              ? formatList(review.since.accounts.map(account => account.name))
              : 'personne',
          ],
          review.reportDigest !== null && [
            'Empreinte du rapport',
            <code key="digest" className="cc-break">
              {review.reportDigest}
            </code>,
          ],
        ]}
      />
      {problem && <Notice tone="error">{asProblem(problem).detail}</Notice>}
      <ButtonRow>
        {review.allowed.includes('close') && (
          <Button busy={close.isPending} onClick={() => close.mutate()}>
            Clore et signer la revue
          </Button>
        )}
        {review.allowed.includes('keep-all') && (
          <Button
            priority="secondary"
            busy={keepAll.isPending}
            onClick={() => keepAll.mutate()}
          >{`Maintenir ce qui est sans anomalie (${formatNumber(review.keepable)})`}</Button>
        )}
        <Button
          priority={review.closedAt ? 'primary' : 'tertiary'}
          icon="fr-icon-download-line"
          busy={report.isPending}
          onClick={() => report.mutate('pdf')}
        >
          Rapport (PDF)
        </Button>
        <Button
          priority={review.closedAt ? 'secondary' : 'tertiary'}
          icon="fr-icon-download-line"
          busy={report.isPending}
          onClick={() => report.mutate('csv')}
        >
          Rapport détaillé (CSV)
        </Button>
      </ButtonRow>
      <FileComes file={file} />
      {!review.closedAt && review.undecided > 0 && (
        <p className="fr-text--sm fr-mt-2w">
          La revue se clôt une fois tout décidé, par le RGC, qui la signe de son second facteur.
        </p>
      )}
    </>
  )
}
