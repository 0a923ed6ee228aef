import { useState } from 'react'
import { exportedLists } from '../../contract/exported-lists.ts'
import { pathOf } from '../platform/api.ts'
import { useAddress } from '../platform/navigation.ts'
import { announce, Button, CheckboxGroup, Dialog, Form, RadioKeys, TextArea } from '../ui/index.ts'
import type { Exported } from './export-list.tsx'
import { fileColumns } from './file-columns.ts'
import { FileComes, useFileForm } from './file-comes.tsx'

const formats = [
  { value: 'xlsx', label: 'Classeur (XLSX)', hint: 'Excel, LibreOffice : dates et SIRET restent entiers' },
  { value: 'csv', label: 'Texte (CSV)', hint: 'Pour un autre logiciel : point-virgule, UTF-8' },
]

export const ExportDialog = ({ list: name, params, filter = {}, onClose }: Exported & { onClose: () => void }) => {
  const list = exportedLists[name]
  const [{ colonnes }] = useAddress()
  const [columns, setColumns] = useState<readonly string[]>(() => fileColumns(name, colonnes))
  const { file, fetch, buttons } = useFileForm(onClose)
  return (
    <Dialog title={`Exporter : ${list.title}`} onClose={onClose}>
      <p>
        Le fichier reprend les filtres{colonnes === undefined ? '' : ', les colonnes'} et l’ordre de la page, et ce que
        vous avez le droit de lire. L’export et son motif sont inscrits au journal ; sa dernière ligne dit qui l’a fait.
      </p>
      <Form
        draft={{ name: 'export', about: pathOf(list, params).replace(/\W+/g, '-').slice(0, 80) }}
        submit="Exporter"
        busyWords="Le fichier s’écrit…"
        {...buttons}
        onSubmit={async ({ purpose, format }) => {
          const kept = Object.keys(list.columns).filter(key => columns.includes(key))
          const body = { purpose, format, columns: kept }
          const path = pathOf(list, params)
          if (!(await fetch({ title: `Export : ${list.title}`, path, query: filter, body }))) return false
          announce('Le fichier est prêt.')
          onClose()
        }}
      >
        <TextArea name="purpose" label="Pour quoi faire" required maxLength={300} rows={2} />
        <RadioKeys name="format" label="Format" required defaultValue="xlsx" options={formats} layout="column" />
        <Columns columns={columns} onChange={setColumns} titles={list.columns} persons={list.onRequest.length > 0} />
        <FileComes file={file} />
      </Form>
    </Dialog>
  )
}

/** Folded: most take those of the page, or the usual ones. */
const Columns = ({
  titles,
  persons,
  columns,
  onChange,
}: {
  titles: Readonly<Record<string, string>>
  persons: boolean
  columns: readonly string[]
  onChange: (columns: readonly string[]) => void
}) => {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        size="small"
        priority="tertiary no outline"
        expanded={open}
        icon={open ? 'fr-icon-arrow-up-s-line' : 'fr-icon-arrow-down-s-line'}
        iconPosition="right"
        onClick={() => setOpen(!open)}
      >
        {`Colonnes (${columns.length})`}
      </Button>
      {open && (
        <CheckboxGroup
          name="columns"
          label="Colonnes du fichier"
          {...(persons
            ? {
                hint: 'Ce qui nomme les personnes rencontrées n’est pris que si vous le cochez, et compte comme la lecture de chaque employeur',
              }
            : {})}
          options={Object.entries(titles).map(([value, title]) => ({ value, label: title }))}
          value={columns}
          onChange={onChange}
        />
      )}
    </>
  )
}
