import { useState } from 'react'
import { undoEmployerFile } from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { call } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { Badge, Button, ButtonRow, Dialog, Facts, Form, Section } from '../../ui/index.ts'
import { LeftRows } from './left-rows.tsx'
import { fileIs } from './queries.ts'
import { countLines, type File, stateWords, undoneLines } from './words.ts'

const List = ({ lines }: { lines: readonly string[] }) => (
  <ul>
    {lines.map(line => (
      <li key={line}>{line}</li>
    ))}
  </ul>
)

/** What was made, or what became of it; undone from here for thirty days. */
export const Report = ({ file }: { file: File }) => {
  const [undoing, setUndoing] = useState(false)
  const { word, tone } = stateWords[file.state]
  const undone = file.state === 'undone'
  return (
    <>
      <Section
        title="Compte rendu"
        actions={
          file.allowed.includes('undo') && (
            <Button size="small" priority="secondary" onClick={() => setUndoing(true)}>
              Défaire cet import
            </Button>
          )
        }
      >
        <Facts
          items={[
            [
              'État',
              <Badge key="state" tone={tone}>
                {word}
              </Badge>,
            ],
            file.askedAt !== null && ['Confirmé', formatInstant(file.askedAt)],
            file.endedAt !== null && [undone ? 'Défait' : 'Fini', formatInstant(file.endedAt)],
            !undone && file.undoUntil !== null && ['Peut être défait jusqu’au', formatInstant(file.undoUntil)],
          ]}
        />
        <List lines={undone ? undoneLines(file) : countLines(file)} />
      </Section>
      <LeftRows file={file} title={undone ? 'Lignes gardées ou laissées de côté' : 'Lignes laissées de côté'} />
      <ButtonRow>
        <Button href="/fichiers-employeurs" priority="secondary">
          Importer un autre fichier
        </Button>
      </ButtonRow>
      {undoing && <Undo file={file} onClose={() => setUndoing(false)} />}
    </>
  )
}

const Undo = ({ file, onClose }: { file: File; onClose: () => void }) => (
  <Dialog title="Défaire cet import ?" onClose={onClose}>
    <p>
      Les échanges, les notes et les interlocuteurs que ce fichier a créés sont retirés des fiches. Ce que quelqu’un a
      changé ou confirmé depuis reste, et vous est compté.
    </p>
    <Form
      draft="choices"
      submit="Défaire l’import"
      busyWords="En cours…"
      done="Le retrait commence."
      beside={
        <Button priority="tertiary" onClick={onClose}>
          Le garder
        </Button>
      }
      onSubmit={async (_values, { idempotencyKey }) => {
        const now = await call(undoEmployerFile, { params: { fileId: file.id }, idempotencyKey })
        onClose()
        fileIs(now)
      }}
    >
      {null}
    </Form>
  </Dialog>
)
