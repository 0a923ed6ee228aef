import { formatNumber } from '../../platform/format.ts'
import { ProgressBar, Refused } from '../../ui/index.ts'
import { useGoOn } from './going-on.ts'
import type { File } from './words.ts'

const labels = { trying: 'Lignes essayées', doing: 'Lignes importées', undoing: 'Lignes défaites' } as const

export const Running = ({ file }: { file: File }) => {
  const { error, again } = useGoOn(file)
  const { through, of } = file.progress
  return (
    <>
      <ProgressBar
        label={labels[file.state as keyof typeof labels]}
        value={through}
        max={of}
        figures={`${formatNumber(through)} sur ${formatNumber(of)}`}
      />
      <p className="fr-text--sm fr-mt-1w">
        {file.state === 'trying' && 'Rien n’est créé pendant l’essai. '}
        Vous pouvez quitter cette page : le travail continue tant que cet onglet reste ouvert, et se retrouve dans « Mes
        travaux longs ». Onglet fermé, ce qui est fait reste fait, et le reste reprend quand vous rouvrez cette page.
      </p>
      {error !== undefined && <Refused problem={error} retry={again} />}
    </>
  )
}
