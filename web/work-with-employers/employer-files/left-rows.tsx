import { useMutation } from '@tanstack/react-query'
import { asProblem } from '../../platform/problem.ts'
import { saveCsv } from '../../platform/save-file.ts'
import { toast } from '../../platform/toast.ts'
import { Button, Section } from '../../ui/index.ts'
import { leftCsv } from './left-csv.ts'
import { readAllRows } from './queries.ts'
import { becauseWords, type File, rowsWords } from './words.ts'

/** What is left out, by reason, and the list to correct in one's spreadsheet. */
export const LeftRows = ({ file, title }: { file: File; title: string }) => {
  const download = useMutation({
    mutationFn: () => readAllRows(file.id, 'left'),
    onSuccess: rows => saveCsv('lignes-laissees-de-cote.csv', leftCsv(rows)),
    onError: problem => toast(asProblem(problem).detail),
  })
  if (file.left.length === 0) return null
  return (
    <Section
      title={title}
      actions={
        <Button size="small" priority="secondary" busy={download.isPending} onClick={() => download.mutate()}>
          Télécharger la liste
        </Button>
      }
    >
      <ul>
        {file.left.map(({ because, count }) => (
          <li key={because}>
            {rowsWords(count)} : {becauseWords[because]}
          </li>
        ))}
      </ul>
    </Section>
  )
}
