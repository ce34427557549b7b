-- taglint in Neovim 0.7 and later: put this file into ~/.config/nvim/plugin/.
-- The server says nothing about files that are no tagged corpora.

local patterns = { '*.txt', '*.pos', '*.tagged', '*.conllu', '*.tsv' }
local settings = {} -- such as { inlayHints = 'glosses' }

local function root_of(path)
  local markers = { '.taglint.yaml', '.taglint.yml', 'pyproject.toml', '.git' }
  local folder = vim.fn.fnamemodify(path, ':p:h')
  while true do
    for _, marker in ipairs(markers) do
      if vim.loop.fs_stat(folder .. '/' .. marker) then
        return folder
      end
    end
    local parent = vim.fn.fnamemodify(folder, ':h')
    if parent == folder then
      return vim.fn.fnamemodify(path, ':p:h')
    end
    folder = parent
  end
end

-- Asks for the reason where a finding is to be ignored.
vim.lsp.commands['taglint.ignore'] = function(command, context)
  vim.ui.input({ prompt = 'Why is this to be ignored? ' }, function(reason)
    if not reason then
      return
    end
    local client = vim.lsp.get_client_by_id(context.client_id)
    local arguments = { command.arguments[1], reason }
    local params = { command = command.command, arguments = arguments }
    client.request('workspace/executeCommand', params, nil, context.bufnr)
  end)
end

local clients = {} -- by root, for versions without vim.lsp.start

local function attach(buffer)
  local root = root_of(vim.api.nvim_buf_get_name(buffer))
  local config = {
    name = 'taglint',
    cmd = { 'taglint', 'server' },
    root_dir = root,
    init_options = settings,
  }
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = buffer })
    return
  end
  clients[root] = clients[root] or vim.lsp.start_client(config)
  vim.lsp.buf_attach_client(buffer, clients[root])
end

vim.api.nvim_create_autocmd({ 'BufReadPost', 'BufNewFile' }, {
  group = vim.api.nvim_create_augroup('taglint', { clear = true }),
  pattern = patterns,
  callback = function(event)
    -- A corpus keeps its last line as it is, with or without a line end.
    vim.bo[event.buf].fixendofline = false
    attach(event.buf)
  end,
})
