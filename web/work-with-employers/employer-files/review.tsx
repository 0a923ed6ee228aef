import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { chooseEmployer, tryEmployerFile } from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { call } from '../../platform/api.ts'
import { announce, Button, Notice, Refused, Section, Skeleton } from '../../ui/index.ts'
import { fileIs, readRows, rowsKey } from './queries.ts'
import { ReviewRow } from './review-row.tsx'
import { type File, rowsWords } from './words.ts'

/** The first doubtful row, then the first that nobody is known for; settled, a row leaves at once. */
const useNext = ({ id, recognised: { doubtful, unknown } }: File) => {
  const part = doubtful > 0 ? 'doubtful' : 'unknown'
  const [settled, setSettled] = useState<ReadonlySet<number>>(new Set())
  const query = useQuery({
    queryKey: rowsKey(id, part),
    queryFn: ({ signal }) => readRows(id, part, undefined, signal),
    enabled: doubtful + unknown > 0,
    refetchOnMount: 'always',
  })
  const { data, isFetching, refetch } = query
  const row = data?.items.find(({ line }) => !settled.has(line))
  const more = doubtful + unknown > 0
  // The rows that were read are all settled: the next ones come.
  useEffect(() => {
    if (data && !row && more && !isFetching) void refetch()
  }, [data, row, more, isFetching, refetch])
  return {
    ...query,
    row: more ? row : undefined,
    moved: settled.size > 0,
    settle: (line: number) => setSettled(before => new Set([...before, line])),
  }
}

export const Review = ({ file }: { file: File }) => {
  const { recognised } = file
  const left = recognised.doubtful + recognised.unknown
  const { row, moved, settle, isError, error, refetch } = useNext(file)
  const choose = useMutation({
    mutationFn: ({ line, siret }: { line: number; siret: string | null }) =>
      call(chooseEmployer, { params: { fileId: file.id, line }, body: { siret } }),
    onSuccess: (now, { line }) => {
      settle(line)
      const more = now.recognised.doubtful + now.recognised.unknown
      announce(more ? `Ligne revue. Encore ${rowsWords(more)}.` : 'Toutes les lignes sont revues.')
      fileIs(now)
    },
  })
  const attempt = useMutation({
    mutationFn: () => call(tryEmployerFile, { params: { fileId: file.id } }),
    onSuccess: fileIs,
  })
  return (
    <>
      <Found file={file} />
      {left > 0 && (
        <Section title={`À revoir : ${rowsWords(left)}`}>
          {isError && <Refused problem={error} retry={() => void refetch()} />}
          {!row && !isError && <Skeleton lines={4} />}
          {row && (
            <ReviewRow
              key={row.line}
              row={row}
              focus={moved}
              busy={choose.isPending}
              onChoose={siret => choose.mutate({ line: row.line, siret })}
            />
          )}
          {choose.error && <Refused problem={choose.error} />}
        </Section>
      )}
      {attempt.error && <Refused problem={attempt.error} />}
      <div className="fr-mt-3w">
        <Button priority={left > 0 ? 'secondary' : 'primary'} busy={attempt.isPending} onClick={() => attempt.mutate()}>
          {left > 0 ? 'Essayer sans revoir le reste' : 'Essayer'}
        </Button>
      </div>
    </>
  )
}

const Found = ({ file: { recognised } }: { file: File }) => {
  const { siret, name, chosen, ignored } = recognised
  return (
    <Notice tone={recognised.doubtful + recognised.unknown ? 'info' : 'success'}>
      <p className="fr-mb-0">
        {rowsWords(siret)} {siret < 2 ? 'reconnue' : 'reconnues'} par le SIRET, {rowsWords(name)}{' '}
        {name < 2 ? 'reconnue' : 'reconnues'} par le nom et le lieu
        {chosen > 0 && `, ${rowsWords(chosen)} ${chosen < 2 ? 'revue' : 'revues'} par vous`}
        {ignored > 0 && `, ${rowsWords(ignored)} ${ignored < 2 ? 'ignorée' : 'ignorées'}`}. Les lignes que vous ne
        revoyez pas seront laissées de côté.
      </p>
    </Notice>
  )
}
