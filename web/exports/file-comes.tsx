import { useContext, useEffect } from 'react'
import { DirtyContext } from '../ui/form-fields.ts'
import { Button } from '../ui/index.ts'
import { type FetchedFile, receivedWords, useFile } from './fetched-files.ts'

/** How far a file asked here is; nothing once it came. */
export const FileComes = ({ file }: { file: FetchedFile | undefined }) =>
  file?.state === 'running' ? <Coming file={file} /> : null

/** A form that asks for a file: cancelled, it stops; left, the file goes on. */
export const useFileForm = (onClose: () => void) => {
  const { file, fetch } = useFile()
  const coming = file?.state === 'running' ? file : undefined
  return {
    file,
    fetch,
    buttons: {
      onCancel: () => {
        coming?.stop()
        onClose()
      },
      beside: coming && (
        <Button priority="tertiary" onClick={onClose}>
          Continuer sans attendre
        </Button>
      ),
    },
  }
}

/** What was typed is sent: closing what holds it asks nothing, and stops nothing. */
const Coming = ({ file }: { file: FetchedFile }) => {
  const tellDirty = useContext(DirtyContext)
  useEffect(() => tellDirty(false), [tellDirty])
  return (
    <p className="fr-text--sm fr-mb-2w">
      Le fichier arrive : {receivedWords(file.received)}. Vous pouvez continuer à travailler : il arrive sur votre
      appareil tant que cet onglet reste ouvert, et « Mes travaux longs » dit où il en est.
    </p>
  )
}
