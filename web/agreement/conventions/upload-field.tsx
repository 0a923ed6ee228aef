import { useState } from 'react'
import { formatNumber } from '../../platform/format.ts'
import { FileField } from '../../ui/index.ts'
import { largestUpload } from './queries.ts'

/** One PDF to join; it is sent with the form. */
export const UploadField = ({
  label,
  file,
  onChange,
}: {
  label: string
  file: File | null
  onChange: (file: File | null) => void
}) => {
  const [error, setError] = useState<string>()
  return (
    <>
      <FileField
        label={label}
        hint="Un fichier PDF de 1,3 Mo au plus."
        accept="application/pdf"
        error={error}
        onFile={chosen => {
          const wrong =
            chosen.size > largestUpload
              ? `Ce fichier pèse ${formatNumber(Math.round(chosen.size / 100_000) / 10)} Mo : déposez-en un de 1,3 Mo au plus.`
              : /\.pdf$/i.test(chosen.name)
                ? undefined
                : 'Déposez un fichier PDF.'
          setError(wrong)
          onChange(wrong ? null : chosen)
        }}
      />
      {file && <p className="fr-text--sm">Fichier joint : {file.name}</p>}
    </>
  )
}
