import react from '@vitejs/plugin-react'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

const SMALL_BYTES = 1000
const LANGUAGES = ['zh-CN', 'en']

/** Packed once here, not for each browser there: the server sends what stands beside a file. */
function packed(): Plugin {
  let folder = ''
  const pack = (file: string) => {
    const body = readFileSync(file)
    writeFileSync(`${file}.gz`, gzipSync(body, { level: 9 }))
    writeFileSync(`${file}.br`, brotliCompressSync(body))
  }
  return {
    name: 'packed',
    apply: 'build',
    configResolved: ({ root, build }) => { folder = join(root, build.outDir, 'assets') },
    closeBundle: () =>
      readdirSync(folder).map((name) => join(folder, name)).filter((file) => /\.(js|css)$/.test(file) && statSync(file).size > SMALL_BYTES).forEach(pack),
  }
}

/** Tells `start.js` where the words of each language are, so that they come along with the program. */
function copyNamed(): Plugin {
  return {
    name: 'copy-named',
    transformIndexHtml: {
      order: 'post',
      handler: (_page, { bundle }) =>
        LANGUAGES.flatMap((language) => {
          const file = Object.values(bundle ?? {}).find((part) => part.type === 'chunk' && part.facadeModuleId?.endsWith(`/copy/${language}.json`))
          return file ? [{ tag: 'meta', attrs: { name: `copy:${language}`, content: `/${file.fileName}` }, injectTo: 'head-prepend' as const }] : []
        }),
    },
  }
}

// The built pages go where the server finds them; git ignores that folder.
export default defineConfig({
  plugins: [react(), copyNamed(), packed()],
  build: {
    outDir: '../src/huiyin/web/static',
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: 'es2022',
    chunkSizeWarningLimit: 1600,
    // The first page is one file: thirty small ones take longer to ask for than to read.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
  },
  server: { proxy: { '/api': process.env.HUIYIN_SERVER ?? 'http://127.0.0.1:8000' } },
})
