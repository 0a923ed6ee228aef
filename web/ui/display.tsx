import { useIsDark } from '@codegouvfr/react-dsfr/useIsDark'
import { useState } from 'react'
import { RadioKeys } from './choice-fields.tsx'
import { Dialog } from './dialog.tsx'

const current = () => document.documentElement.getAttribute('data-fr-scheme') ?? 'system'

export const DisplaySettings = ({ onClose }: { onClose: () => void }) => {
  const { setIsDark } = useIsDark()
  const [scheme, setScheme] = useState(current)
  const choose = (value: string) => {
    setScheme(value)
    setIsDark(value === 'system' ? 'system' : value === 'dark')
  }
  return (
    <Dialog title="Paramètres d’affichage" onClose={onClose}>
      <RadioKeys
        name="scheme"
        label="Choisissez un thème pour l’apparence du site"
        required
        layout="column"
        value={scheme}
        onChange={choose}
        options={[
          { value: 'light', label: 'Thème clair' },
          { value: 'dark', label: 'Thème sombre' },
          { value: 'system', label: 'Système', hint: 'Suit les paramètres de votre appareil' },
        ]}
      />
    </Dialog>
  )
}
