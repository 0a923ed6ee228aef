import { rmSync, writeFileSync } from 'node:fs'
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'

/** The same text in each form that the register is published in; each answers the path. */
export const packings: Record<string, (path: string, text: string) => Promise<string>> = {
  'as it is': async (path, text) => {
    writeFileSync(`${path}.csv`, text)
    return `${path}.csv`
  },
  gz: async (path, text) => {
    writeFileSync(`${path}.csv.gz`, gzipSync(text))
    return `${path}.csv.gz`
  },
  zip: async (path, text) => {
    writeFileSync(`${path}.zip`, zipOf('StockEtablissement_utf8.csv', text))
    return `${path}.zip`
  },
  Parquet: async (path, text) => {
    writeFileSync(`${path}.csv`, text)
    const duckdb = await (await DuckDBInstance.create()).connect()
    await duckdb.run(
      `copy (select * from read_csv('${path}.csv', all_varchar = true, header = true, quote = '"', escape = '"')) to '${path}.parquet' (format parquet)`,
    )
    duckdb.closeSync()
    rmSync(`${path}.csv`)
    return `${path}.parquet`
  },
}

/** An archive of one file: its local header, its content, then the directory. */
const zipOf = (name: string, text: string): Buffer => {
  const content = Buffer.from(text)
  const packed = deflateRawSync(content)
  const common = Buffer.alloc(26)
  common.writeUInt16LE(20, 0)
  common.writeUInt16LE(8, 4) // deflate
  common.writeUInt32LE(crc32(content), 10)
  common.writeUInt32LE(packed.length, 14)
  common.writeUInt32LE(content.length, 18)
  common.writeUInt16LE(name.length, 22)
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed])
  const directory = Buffer.concat([
    Buffer.from('PK\x01\x02'),
    Buffer.from([20, 0]),
    common,
    Buffer.alloc(14),
    Buffer.from(name),
  ])
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, directory, end])
}
